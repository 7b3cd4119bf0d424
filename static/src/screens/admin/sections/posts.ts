import { section } from '../section'

export default section({ id: 'posts', place: 20, name: { zh: '岗位与电话', en: 'Posts and phones' }, needs: 'post.write', load: () => import('../posts/PostsSection.vue') })
