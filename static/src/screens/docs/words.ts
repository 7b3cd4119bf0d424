import { dictionary } from '../../kernel/i18n'

const zh = {
  title: '接口说明', lead: '前缀 /api/v1 · JSON · 令牌：Authorization: Bearer <token>', find: '查找', findHint: '名称、路径或字段', count: '{n} 个接口', none: '没有符合的接口',
  groups: '分组', parameters: '参数', body: '请求内容', answer: '答复', refusals: '拒绝', required: '必填', open: '不需登录', raw: 'OpenAPI 原文', loading: '正在读取…', failed: '读不到接口说明（{status}）', other: 'English',
  name: '名称', type: '类型', says: '说明', home: '首页',
}
const en: Record<keyof typeof zh, string> = {
  title: 'Interface', lead: 'Prefix /api/v1 · JSON · token: Authorization: Bearer <token>', find: 'Find', findHint: 'name, path or field', count: 'Operations: {n}', none: 'Nothing fits',
  groups: 'Groups', parameters: 'Parameters', body: 'Body', answer: 'Answer', refusals: 'Refusals', required: 'required', open: 'no sign-in', raw: 'OpenAPI as JSON', loading: 'Reading…', failed: 'The description cannot be read ({status})', other: '中文',
  name: 'Name', type: 'Type', says: 'Says', home: 'First page',
}
export const t = dictionary(zh, en)
