import { section } from '../section'

export default section({ id: 'archive-keys', place: 66, name: { zh: '档案签名公钥', en: 'Archive keys' }, needs: 'system.read', load: () => import('../destruction/KeysSection.vue') })
