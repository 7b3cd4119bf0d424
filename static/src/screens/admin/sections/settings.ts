import { section } from '../section'

export default section({ id: 'settings', place: 30, name: { zh: '设置', en: 'Settings' }, needs: 'setting.read', load: () => import('../settings/SettingsSection.vue') })
