/** The words of a password's change. */
import { dictionary } from '../kernel/i18n'

const zh = {
  now: '当前密码', fresh: '新密码', again: '再输一遍新密码', show: '显示密码', change: '更改密码', changing: '正在更改…',
  long: '至少 10 个字符', mixed: '字母、数字、符号中至少两种',
  fill: '请输入当前密码。', weak: '新密码还不符合要求，请看输入框下方。', differ: '两次输入的新密码不一样，请重新输入。', offline: '连不上服务器，密码没有改变。请检查网络后再试。',
}
const en: Record<keyof typeof zh, string> = {
  now: 'Password of now', fresh: 'New password', again: 'New password again', show: 'Show passwords', change: 'Change password', changing: 'Changing…',
  long: 'ten characters or more', mixed: 'two of: letters, digits, other signs',
  fill: 'Enter the password of now.', weak: 'The new password does not meet the rules below it yet.', differ: 'The two new passwords are not the same: type them again.', offline: 'The server cannot be reached; the password was not changed. Check the network and try again.',
}
export const t = dictionary(zh, en)
