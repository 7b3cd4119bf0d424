import { dictionary } from '../../../kernel/i18n'

const zh = {
  role: '角色', code: '代码', base: '依照', accounts: '在用账号', rights: '权限', count: '{n} 个角色', add: '新设角色', addTitle: '新设角色',
  choose: '选择一个角色', chooseSay: '左侧选择角色，查看或修改它的权限。', like: '依照哪个角色', likeSay: '权限照抄，之后再改；所属范围与首屏同所依照的角色。',
  codeSay: '小写字母开头，可用数字与 _，至少 3 位', zh: '中文名称', en: '英文名称', create: '新设', created: '已新设，现在可修改权限。',
  only: '只有县级安全管理员能修改角色。', own: '这是你自己的角色，不能修改。', fixed: '大屏设备固有，不能增减', handed: '管理权限：自己拥有才能增减',
  gives: '增加 {n} 项', takes: '取消 {n} 项', save: '保存修改', saveSay: '{n} 个在用账号的权限将在一秒内改变。增加：{gives}。取消：{takes}。', saveYes: '确认修改', undo: '还原',
  saved: '已修改，一秒内生效。', held: '{n} / {all} 项', none: '无', act: '作为“{name}”使用',
}
const en: Record<keyof typeof zh, string> = {
  role: 'Role', code: 'Code', base: 'Acts as', accounts: 'Open accounts', rights: 'Permissions', count: '{n} roles', add: 'New role', addTitle: 'New role',
  choose: 'Choose a role', chooseSay: 'Choose one at the left to see or change what it may.', like: 'Made from', likeSay: 'Its permissions are copied, to be changed afterwards; whom it speaks for and its first screen stay those of that role.',
  codeSay: 'begins with a small letter; digits and _ may follow; at least 3 signs', zh: 'Name in Chinese', en: 'Name in English', create: 'Make it', created: 'Made. Its permissions can be changed now.',
  only: "Only the county's security officer changes roles.", own: 'This is your own role: others change it.', fixed: 'what a display is; cannot be changed', handed: 'power over registers: changed by who has it',
  gives: '{n} given', takes: '{n} taken', save: 'Save', saveSay: 'What {n} open accounts may do changes within a second. Given: {gives}. Taken: {takes}.', saveYes: 'Change it', undo: 'Undo',
  saved: 'Changed, in force within a second.', held: '{n} of {all}', none: 'none', act: 'acts as {name}',
}
export const t = dictionary(zh, en)
