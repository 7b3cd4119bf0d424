import { section } from '../section'

export default section({ id: 'cameras', place: 55, name: { zh: '摄像头', en: 'Cameras' }, needs: 'camera.write', load: () => import('../cameras/CamerasSection.vue') })
