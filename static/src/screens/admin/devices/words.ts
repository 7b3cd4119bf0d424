import { dictionary } from '../../../kernel/i18n'

const zh = {
  displays: '大屏设备', displaysSay: '大屏账号只能在已注册的设备上打开。', add: '注册一块大屏', name: '位置，如“指挥大厅主屏”', account: '大屏账号', make: '生成注册码', noWall: '还没有大屏账号：先在“账号”中新建角色为“大屏”的账号。',
  code: '注册码 · {name}', codeSay: '15 分钟内有效，只能用一次，只显示这一次。在大屏的浏览器打开首页 {url} ，输入此码。', state: '状态', seen: '最近在线', by: '办理', since: '注册', invited: '待注册', ended: '注册码已过期', enrolled: '已注册', revoked: '已收回',
  revoke: '收回', revokeSay: '这块屏在一秒内退出，须重新注册才能打开。', revokeYes: '确认收回', done: '已收回。', noDisplays: '还没有注册的大屏', noDisplaysSay: '在右侧生成注册码，然后在大屏的浏览器中输入。', showRevoked: '含已收回',
  trackers: '定位器与程序令牌', trackersSay: '队伍账号的令牌。在“账号”中选择队伍账号发放。', team: '队伍账号', label: '用途', noTrackers: '没有队伍令牌', end: '收回', endSay: '这个定位器不再能上报位置。', unused: '未使用', until: '有效至', screen: '屏幕',
}
const en: Record<keyof typeof zh, string> = {
  displays: 'Displays of the wall', displaysSay: 'An account of a wall opens on enrolled displays only.', add: 'Enrol a display', name: 'where, such as "main hall"', account: 'Account of the wall', make: 'Make a code', noWall: 'There is no account of a wall yet: open one with the role "wall display" under Accounts.',
  code: 'Code for {name}', codeSay: "Serves once, within 15 minutes, and is shown this once. Open the first page {url} in the display's browser and enter it.", state: 'State', seen: 'Last there', by: 'By', since: 'Enrolled', invited: 'waits for its code', ended: 'code has expired', enrolled: 'enrolled', revoked: 'taken back',
  revoke: 'Take back', revokeSay: 'This display is signed out within a second and needs a new code to open again.', revokeYes: 'Take it back', done: 'Taken back.', noDisplays: 'No display is enrolled yet', noDisplaysSay: "Make a code at the right and enter it in the display's browser.", showRevoked: 'with those taken back',
  trackers: 'Trackers and programs', trackersSay: "Tokens of teams' accounts. They are issued under Accounts.", team: 'Account of a team', label: 'What for', noTrackers: 'No team has a token', end: 'End', endSay: 'This tracker can report no position any more.', unused: 'never used', until: 'Until', screen: 'Display',
}
export const t = dictionary(zh, en)
