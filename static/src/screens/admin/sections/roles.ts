import { section } from '../section'

export default section({ id: 'roles', place: 15, name: { zh: '角色', en: 'Roles' }, needs: 'user.read', load: () => import('../roles/RolesSection.vue') })
