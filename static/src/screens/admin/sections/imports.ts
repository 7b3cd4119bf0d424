import { section } from '../section'

export default section({ id: 'imports', place: 35, name: { zh: '导入', en: 'Imports' }, needs: 'import.read', load: () => import('../imports/ImportsSection.vue') })
