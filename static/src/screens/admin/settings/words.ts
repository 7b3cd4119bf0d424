import { dictionary } from '../../../kernel/i18n'

const zh = {
  at: '单位', find: '查找设置', name: '设置', value: '现行值', from: '来源', own: '本单位', above: '县级', std: '默认', def: '默认 {v}', edit: '修改', reset: '恢复', resetSay: '取消本单位的值，改用{v}。', resetYes: '确认恢复', saved: '已保存，立即生效。', none: '未设', noSetting: '没有符合的设置', history: '变更记录', on: '开', off: '关', list: '每行一项',
  county: '{name}（全县）', readOnly: '你的角色只能查看',
}
const en: Record<keyof typeof zh, string> = {
  at: 'Centre', find: 'Find a setting', name: 'Setting', value: 'In force', from: 'From', own: 'this centre', above: 'the county', std: 'default', def: 'default {v}', edit: 'Change', reset: 'Reset', resetSay: "This centre's own value goes; {v} is in force instead.", resetYes: 'Reset it', saved: 'Saved, in force at once.', none: 'not set', noSetting: 'No such setting', history: 'History', on: 'on', off: 'off', list: 'one a line',
  county: '{name} (whole county)', readOnly: 'Your role may only look',
}
export const t = dictionary(zh, en)
