import { dictionary } from '../../../kernel/i18n'

const zh = {
  ready: '运行状态', isReady: '就绪', notReady: '未就绪：{why}', starting: '正在启动', as: '数据截至 {at}，每 10 秒更新', streams: '日志流', world: '世界', life: '实战', drill: '演练 {n}', end: '末条', told: '已下发', behind: '落后 {n} 条', hash: '末条校验', incarnation: '实例',
  disk: '磁盘', free: '可用 {free}，共 {all}', low: '磁盘将满：只收紧急事项。请清理或扩容。', database: '数据库', backup: '备份', noBackup: '还没有做过备份', noBackupSay: '在服务器终端执行 fengsui backup 目录；密钥另存他处。', last: '最近一次 {at}', to: '位置', jobs: '定时任务', everyS: '每 {n} 秒', leader: '任务由谁执行', here: '本进程（{pid}）', elsewhere: '数据库会话 {pid}', nobody: '目前无人执行：任务停止', due: '下一项到期', noDue: '没有等待到期的事项', late: '有 {n} 项已到期未执行', process: '进程', started: '启动于', sockets: '连接的屏幕', demo: '数据', isDemo: '演示数据', isReal: '正式数据', bytes: '大小',
}
const en: Record<keyof typeof zh, string> = {
  ready: 'State', isReady: 'ready', notReady: 'not ready: {why}', starting: 'starting', as: 'as of {at}, every 10 s', streams: 'Streams of the journal', world: 'World', life: 'life', drill: 'drill {n}', end: 'Last entry', told: 'Told', behind: '{n} behind', hash: 'Its hash', incarnation: 'Incarnation',
  disk: 'Disk', free: '{free} free of {all}', low: 'The disk is nearly full: only urgent entries are taken. Make room.', database: 'Database', backup: 'Backup', noBackup: 'No backup was made yet', noBackupSay: "Run fengsui backup DIRECTORY on the server's terminal; keep the key apart.", last: 'last one {at}', to: 'to', jobs: 'Jobs', everyS: 'every {n} s', leader: 'Who runs the jobs', here: 'this process ({pid})', elsewhere: 'database session {pid}', nobody: 'nobody at present: jobs stand still', due: 'Next promise', noDue: 'nothing is waiting', late: '{n} are overdue', process: 'Process', started: 'Started', sockets: 'Screens connected', demo: 'Data', isDemo: 'demo data', isReal: 'real data', bytes: 'Size',
}
export const t = dictionary(zh, en)
