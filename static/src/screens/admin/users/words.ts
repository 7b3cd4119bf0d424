import { dictionary } from '../../../kernel/i18n'

const zh = {
  find: '账号、姓名或单位', role: '角色', centre: '单位', state: '状态', username: '账号', name: '名称', closed: '已停用', open: '在用', showClosed: '含已停用', count: '{n} 个账号',
  add: '新建账号', addTitle: '新建账号', usernameSay: '小写字母开头，可用数字与 . _ -，至少 3 位', nameSay: '岗位名称，如“丰州镇值班员甲”', create: '新建', pickRole: '选择角色', pickCentre: '单位名称或代码',
  noUser: '没有符合的账号', noUserSay: '换一个词，或勾选“含已停用”。', choose: '选择一个账号', chooseSay: '左侧选择账号，查看登录、令牌与变更记录；或新建账号。',
  password: '一次性密码', passwordSay: '只显示这一次。请当面或电话告知本人；首次登录时须改成自己的密码。', created: '账号 {name} 已开通。',
  reset: '重设密码', resetSay: '将生成新密码，此账号的所有登录立即结束（已注册的大屏除外）。', resetYes: '确认重设',
  disable: '停用账号', disableSay: '此账号的登录、令牌、大屏与连接在一秒内全部结束。可随时恢复。', disableYes: '确认停用', enable: '恢复账号', disabled: '已停用。', enabled: '已恢复。',
  self: '这是你自己的账号', change: '修改角色与单位', changeYes: '保存修改', changed: '已修改，立即生效。',
  signins: '登录与令牌', session: '浏览器登录', interim: '浏览器登录（待改密码）', token: '令牌', device: '大屏设备', seen: '最近使用 {at}', unused: '未使用', noSignins: '没有有效的登录或令牌', end: '收回', endAll: '全部收回', endAllSay: '此账号所有浏览器登录与令牌立即失效。', endAllYes: '确认收回', ended: '已收回，一秒内生效。',
  otp: '动态码', otpOn: '已启用，恢复码余 {n} 个', otpOff: '未启用', otpTakeOff: '取消动态码', otpSay: '仅在本人丢失验证器且恢复码用尽时使用。原因会写入日志。', otpReason: '原因（必填）', otpYes: '确认取消', otpGone: '已取消动态码。',
  newToken: '发放令牌', tokenLabel: '用途，如“车载定位器”', tokenSay: '令牌有效期一年，只显示这一次。定位器的“设备标识”填此令牌。', issue: '发放',
  team: '绑定队伍', teamSay: '队伍账号须绑定一支队伍', noTeam: '未绑定', badCentre: '请从列表中选择单位', countyOnly: '此角色只能设在县本级',
}
const en: Record<keyof typeof zh, string> = {
  find: 'Account, name or centre', role: 'Role', centre: 'Centre', state: 'State', username: 'Account', name: 'Name', closed: 'Closed', open: 'In use', showClosed: 'with closed', count: '{n} accounts',
  add: 'New account', addTitle: 'New account', usernameSay: 'begins with a small letter; digits and . _ - may follow; at least 3 signs', nameSay: 'the post, such as "Fengzhou duty officer A"', create: 'Open account', pickRole: 'choose a role', pickCentre: 'name or code of the centre',
  noUser: 'No such account', noUserSay: 'Try another word, or tick "with closed".', choose: 'Choose an account', chooseSay: 'Choose one at the left to see its sign-ins, tokens and history, or open a new one.',
  password: 'One-time password', passwordSay: 'Shown this once. Tell it to the person face to face or by telephone; it is changed at the first sign-in.', created: 'Account {name} is open.',
  reset: 'Reset password', resetSay: 'A new password is made; every sign-in of this account ends at once (enrolled displays stay).', resetYes: 'Reset it',
  disable: 'Close account', disableSay: 'Its sign-ins, tokens, displays and connections all end within a second. It can be opened again at any time.', disableYes: 'Close it', enable: 'Open again', disabled: 'Closed.', enabled: 'Open again.',
  self: 'This is your own account', change: 'Change role and centre', changeYes: 'Save', changed: 'Changed, in force at once.',
  signins: 'Sign-ins and tokens', session: 'Browser', interim: 'Browser (password to be chosen)', token: 'Token', device: 'Display', seen: 'last used {at}', unused: 'never used', noSignins: 'No sign-in or token is in force', end: 'End', endAll: 'End all', endAllSay: 'Every browser sign-in and token of this account ends at once.', endAllYes: 'End them', ended: 'Ended, felt within a second.',
  otp: 'One-time codes', otpOn: 'on, {n} recovery codes left', otpOff: 'off', otpTakeOff: 'Take codes off', otpSay: 'Only when the authenticator is lost and the recovery codes are used up. The reason goes into the journal.', otpReason: 'Reason (required)', otpYes: 'Take them off', otpGone: 'The codes are off.',
  newToken: 'Issue a token', tokenLabel: 'what for, such as "tracker in the van"', tokenSay: "Serves for a year and is shown this once. Enter it as the tracker's device identifier.", issue: 'Issue',
  team: 'Team', teamSay: 'An account of a team names its team', noTeam: 'none', badCentre: 'Choose a centre from the list', countyOnly: 'This role exists at the county only',
}
export const t = dictionary(zh, en)
