import { section } from '../section'

export default section({ id: 'deliveries', place: 50, name: { zh: '外发', en: 'Messages' }, needs: 'delivery.read', load: () => import('../deliveries/DeliveriesSection.vue') })
