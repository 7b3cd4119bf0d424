import { section } from '../section'

export default section({ id: 'readings', place: 60, name: { zh: '访问日志', en: 'Access log' }, needs: 'access.read', load: () => import('../readings/ReadingsSection.vue') })
