import { dictionary } from '../../kernel/i18n'

const zh = {
  title: '管理', sections: '栏目', demo: '演示数据', loading: '正在读取…',
  nothingHere: '没有可以管理的内容', nothingHereSay: '你的角色没有管理权限，请联系县管理员。',
  cancel: '取消', save: '保存', close: '关闭', copy: '复制', copied: '已复制', noted: '已记下，关闭', history: '变更记录', noHistory: '尚无变更记录', search: '查找',
  all: '全部', more: '更多', yes: '是', no: '否', never: '从未', none: '无', saved: '已保存。',
}
const en: Record<keyof typeof zh, string> = {
  title: 'Administration', sections: 'Sections', demo: 'Demo data', loading: 'Reading…',
  nothingHere: 'Nothing to keep here', nothingHereSay: "Your role keeps no registers: ask the county's administrator.",
  cancel: 'Cancel', save: 'Save', close: 'Close', copy: 'Copy', copied: 'Copied', noted: 'Noted, close', history: 'History', noHistory: 'Nothing has changed yet', search: 'Find',
  all: 'All', more: 'More', yes: 'yes', no: 'no', never: 'never', none: 'none', saved: 'Saved.',
}
export const t = dictionary(zh, en)
