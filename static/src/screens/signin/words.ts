import { dictionary } from '../../kernel/i18n'

const zh = {
  product: '烽燧 · 应急指挥与调派', title: '{county}应急指挥', someCounty: '县', lead: '一份报告、一支队伍、一块大屏，看到的是同一件事。',
  signIn: '登录', username: '账号', password: '密码', otp: '动态码', otpSay: '验证器上的 6 位数字；手机丢失时用一个恢复码。', bound: '大屏账号只能在已注册的设备上打开：请向管理员索取注册码，在这块屏上选择“注册大屏”输入。', enter: '登录', entering: '正在登录…',
  show: '显示密码', hide: '隐藏密码', caps: '大写锁定已开', other: 'English',
  wrong: '账号或密码不对。', otpNeeded: '此账号需要动态码，请输入验证器上的 6 位数字。', otpWrong: '动态码不对或已过期，请输入新的 6 位数字。',
  tooMany: '尝试过多，请稍后再试。', tooManyWait: '尝试过多，请 {s} 秒后再试。', offline: '连不上服务器。请检查网络，内容没有丢失，可再按一次登录。', failed: '服务器暂时不能登录（{status}）。请稍后再试。',
  fill: '请填写账号和密码。', noCookie: '浏览器没有保存登录信息，请允许此站点使用 Cookie。',
  display: '注册大屏', displayTitle: '注册这块大屏', displayCode: '注册码', displaySay: '管理员在“管理 · 设备”中生成，15 分钟内有效，只能用一次。', displayGo: '注册', displayBack: '返回登录', displayBad: '注册码已用过或已超过 15 分钟，请管理员重新生成。', displayShort: '注册码为 20 个字母或数字。',
  dueTitle: '请先改成自己的密码', dueSay: '{name}：当前密码是他人设置的一次性密码，改好后继续。',
  account: '账户安全', here: '已登录：{name}', goOn: '进入', signOut: '退出登录', nowhere: '此账号没有可以打开的页面，请联系管理员。',
  doors: '演示数据 · 从这里进入', doorsSay: '人员、队伍与事件均为虚构，每个入口只需点一下。', play: '演一个雨夜', playSay: '按真实流程走一遍：接报、派队、接令、到场。不会自动开始。',
  playing: '雨夜已开始。打开大屏或值班台，一分钟内会看到第一起事件。', playFailed: '没有开始：{why}',
}
const en: Record<keyof typeof zh, string> = {
  product: 'Fengsui 烽燧 · emergency command and dispatch', title: '{county} emergency command', someCounty: 'County', lead: 'One report, one team, one wall: everyone sees the same event.',
  signIn: 'Sign in', username: 'User name', password: 'Password', otp: 'One-time code', otpSay: 'The 6 digits of your authenticator; a recovery code if the phone is lost.', bound: 'An account of the wall opens on enrolled displays only: ask the administrator for a code, then choose “Enrol a display” on that display.', enter: 'Sign in', entering: 'Signing in…',
  show: 'Show password', hide: 'Hide password', caps: 'Caps lock is on', other: '中文',
  wrong: 'The user name or the password is wrong.', otpNeeded: 'This account needs a one-time code: enter the 6 digits from your authenticator.', otpWrong: 'The code is wrong or has expired: enter a new one.',
  tooMany: 'Too many attempts, try again later.', tooManyWait: 'Too many attempts, try again in {s} s.', offline: 'The server cannot be reached. Check the network; nothing is lost, press sign in again.', failed: 'Signing in is not possible now ({status}). Try again later.',
  fill: 'Enter the user name and the password.', noCookie: 'The browser did not keep the session: allow cookies for this site.',
  display: 'Enrol a display', displayTitle: 'Enrol this display', displayCode: 'Code', displaySay: 'The administrator makes it under Administration · Devices; it serves once, within 15 minutes.', displayGo: 'Enrol', displayBack: 'Back to sign-in', displayBad: 'The code was used, or its 15 minutes are over: ask the administrator for a new one.', displayShort: 'A code has 20 letters and digits.',
  dueTitle: 'First choose a password of your own', dueSay: '{name}: somebody else made the password of now. Change it to go on.',
  account: 'Account security', here: 'Signed in: {name}', goOn: 'Go on', signOut: 'Sign out', nowhere: 'This account has no page to open; ask the administrator.',
  doors: 'Demo data · come in here', doorsSay: 'People, teams and events are invented; each door is one click.', play: 'Play a rainy evening', playSay: 'The real flow once through: report, order, acceptance, arrival. Nothing starts by itself.',
  playing: 'The evening has begun. Open the wall or the desk: the first incident appears within a minute.', playFailed: 'Not started: {why}',
}
export const t = dictionary(zh, en)
