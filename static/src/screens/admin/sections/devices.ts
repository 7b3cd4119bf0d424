import { section } from '../section'

export default section({ id: 'devices', place: 40, name: { zh: '设备', en: 'Devices' }, needs: 'device.read', load: () => import('../devices/DevicesSection.vue') })
