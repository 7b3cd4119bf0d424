import { section } from '../section'

export default section({ id: 'system', place: 90, name: { zh: '系统', en: 'System' }, needs: 'system.read', load: () => import('../system/SystemSection.vue') })
