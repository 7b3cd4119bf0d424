import { section } from '../section'

export default section({ id: 'users', place: 10, name: { zh: '账号', en: 'Accounts' }, needs: 'user.read', load: () => import('../users/UsersSection.vue') })
