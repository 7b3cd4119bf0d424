import { dictionary } from '../../kernel/i18n'

const zh = {
  title: '账户安全', passwordTitle: '密码', passwordLead: '更改后，此账号在其他浏览器上的登录随即结束。', renew: '更改密码', renewed: '密码已更改，其他浏览器上的登录已结束。', back: '返回', other: 'English', who: '{name}（{centre}）', otp: '动态码（双重验证）', lead: '登录时除密码外，再输入手机验证器上的 6 位动态码。不经任何外部服务，二维码在本机生成。',
  on: '已启用', off: '未启用', left: '恢复码余 {n} 个', few: '恢复码将用完，请重新生成。', password: '当前密码', begin: '启用动态码', next: '下一步', cancel: '取消',
  scan: '1 用验证器应用扫描二维码', typed: '无法扫描时，手动输入密钥', prove: '2 输入应用上显示的 6 位数字', code: '6 位动态码', confirm: '确认启用', done: '动态码已启用。',
  recovery: '恢复码（只显示这一次）', recoverySay: '手机丢失时，每个可代替动态码使用一次。请打印或抄写，与密码分开存放。', copy: '复制', copied: '已复制', print: '打印', noted: '已保存好', again: '重新生成恢复码', takeOff: '取消动态码', takeOffSay: '取消后仅凭密码即可登录。', takenOff: '动态码已取消。', go: '确认', fill: '请输入当前密码。', bad: '请输入 6 位数字。',
  bound: '这是已注册的大屏设备，请在其他终端登录后设置。', offline: '连不上服务器，没有改变。请检查网络后再试。',
}
const en: Record<keyof typeof zh, string> = {
  title: 'Account security', passwordTitle: 'Password', passwordLead: 'Once it is changed, sign-ins of this account in other browsers end.', renew: 'Change password', renewed: 'The password is changed; sign-ins in other browsers have ended.', back: 'Back', other: '中文', who: '{name} ({centre})', otp: 'One-time codes', lead: 'At sign-in, besides the password, the 6 digits of an authenticator on your phone. No outside service is asked; the picture is drawn here.',
  on: 'On', off: 'Off', left: '{n} recovery codes left', few: 'The recovery codes are nearly used up: make new ones.', password: 'Your password', begin: 'Turn on', next: 'Next', cancel: 'Cancel',
  scan: '1 Scan this with an authenticator app', typed: 'Where it cannot be scanned, type this key', prove: '2 Enter the 6 digits that the app shows', code: '6 digits', confirm: 'Turn on', done: 'One-time codes are on.',
  recovery: 'Recovery codes, shown this once', recoverySay: 'Each stands in for a code once, when the phone is lost. Print or write them down and keep them apart from the password.', copy: 'Copy', copied: 'Copied', print: 'Print', noted: 'I have kept them', again: 'New recovery codes', takeOff: 'Turn off', takeOffSay: 'From then on the password alone signs in.', takenOff: 'One-time codes are off.', go: 'Confirm', fill: 'Enter your password.', bad: 'Enter 6 digits.',
  bound: 'This is an enrolled display: sign in elsewhere to change this.', offline: 'The server cannot be reached; nothing was changed. Check the network and try again.',
}
export const t = dictionary(zh, en)
