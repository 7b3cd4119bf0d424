import { dictionary } from '../../../kernel/i18n'

const zh = {
  list: '摄像头名录', listSay: '成批登记用“数据导入”；画面地址在此逐个填写，加密保存，不再显示。', find: '按名称、单位、管理单位查找', name: '名称', centre: '所属单位', state: '状态', stream: '画面', none: '还没有摄像头', noneSay: '在右侧登记，或用“数据导入”成批登记。', no: '无',
  add: '登记一个摄像头', edit: '更正', lon: '经度（WGS-84）', lat: '纬度（WGS-84）', facing: '朝向（度，北为 0）', owner: '管理单位', place: '位置描述', save: '保存', fresh: '登记新的', saved: '已保存。', made: '已登记。',
  address: '画面地址', addressSay: '浏览器可取的 https 地址，主机须在设置“摄像头媒体服务器”之列；{token} 与 {expires} 处由系统填入限时签名。', has: '已设 {what} 地址，内容不再显示', hasNot: '还没有画面地址', sort: '类型', set: '保存地址', setDone: '地址已加密保存。', take: '撤销地址', takeSay: '地址将被销毁，正在调看的随即结束。', takeYes: '确认撤销', taken: '地址已撤销。',
  retire: '移出登记', retireSay: '摄像头移出名录，画面地址随之销毁。', retireYes: '确认移出', retired: '已移出。', checked: '{ago}检测',
  viewings: '谁因何调看', viewingsSay: '每次取用画面地址另见访问日志。', when: '时间', who: '谁', camera: '摄像头', purpose: '用途', until: '至', times: '延长 {n} 次', note: '看说明', noteSay: '看说明会写入访问日志', noViewings: '还没有人调看过摄像头', older: '更早',
}
const en: Record<keyof typeof zh, string> = {
  list: 'Register of cameras', listSay: 'Many at once come in by import; streams are set here one by one, sealed, and shown no more.', find: 'by name, centre, or who runs it', name: 'Name', centre: 'Centre', state: 'State', stream: 'Stream', none: 'No camera yet', noneSay: 'Enter one at the right, or many by import.', no: 'none',
  add: 'Enter a camera', edit: 'Correct', lon: 'Longitude (WGS-84)', lat: 'Latitude (WGS-84)', facing: 'Facing (degrees, north 0)', owner: 'Run by', place: 'Place in words', save: 'Save', fresh: 'Enter another', saved: 'Saved.', made: 'Entered.',
  address: 'Stream', addressSay: 'An https address that a browser can fetch, its host among the media servers of the settings; {token} and {expires} are filled in with a signature that ends.', has: 'A stream of sort {what} is set; it is shown no more', hasNot: 'No stream yet', sort: 'Sort', set: 'Save the stream', setDone: 'Sealed.', take: 'Take away', takeSay: 'The address is destroyed; who watches now sees no more.', takeYes: 'Take it away', taken: 'Taken away.',
  retire: 'Take off the register', retireSay: 'The camera leaves the register, its address is destroyed.', retireYes: 'Take it off', retired: 'Taken off.', checked: 'checked {ago}',
  viewings: 'Who watched, and why', viewingsSay: 'Each handing out of an address stands in the access log too.', when: 'Time', who: 'Who', camera: 'Camera', purpose: 'Purpose', until: 'until', times: 'prolonged {n}×', note: 'read the note', noteSay: 'reading it goes into the access log', noViewings: 'Nobody has watched a camera yet', older: 'Older',
}
export const t = dictionary(zh, en)
