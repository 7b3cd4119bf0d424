import { section } from '../section'

export default section({ id: 'destructions', place: 62, name: { zh: '个人信息销毁', en: 'Personal data' }, needs: 'destruction.read', load: () => import('../destruction/DestructionsSection.vue') })
