import { section } from '../section'

export default section({ id: 'viewings', place: 85, name: { zh: '调看记录', en: 'Cameras watched' }, needs: 'camera.viewings', load: () => import('../cameras/ViewingsSection.vue') })
