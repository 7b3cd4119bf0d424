import { dictionary } from '../../../kernel/i18n'

const zh = {
  find: '单位、拼音或代码', centres: '单位', villages: '含村（社区）', chooseCentre: '选择一个单位', chooseCentreSay: '左侧选择单位，维护它的电话、岗位、任职人与代理。',
  phones: '单位电话', phonesSay: '按拨打顺序。全县各席位即时可见。', posts: '岗位', addPost: '新增岗位', noPosts: '尚无岗位', noPostsSay: '新增岗位后，县与乡镇的值班席立即看到。', noPhones: '尚无单位电话',
  title: '岗位名称', holder: '任职账号', holderSay: '本单位的账号', nobody: '未指定', deputy: '代理', deputyPost: '岗位：{name}', deputyUser: '账号：{name}', lines: '电话（按拨打顺序）', addLine: '加一条', addPhone: '加一个号码',
  landline: '固话', mobile: '手机', satellite: '卫星', radio: '电台', number: '号码', numberRadio: '频率或呼号', label: '名称', kind: '类型', priv: '私人号码', privSay: '私人号码加密保存，不进入公开记录；查看会写入访问日志。', whose: '本人姓名', kept: '已加密，留空保持不变',
  up: '上移', down: '下移', remove: '删除', edit: '修改', closePost: '撤销岗位', closeSay: '岗位从各席位的电话表中消失，其私人号码销毁。', closeYes: '确认撤销', opened: '岗位已新增。', closed: '岗位已撤销。', show: '查看私人号码（记入访问日志）', standsIn: '代理 {name}', heldBy: '任职 {name}',
  county: '县', township: '乡镇', village: '村（社区）', department: '部门', unit: '单位', nPosts: '{n} 岗', officeMobile: '单位手机不勾选',
}
const en: Record<keyof typeof zh, string> = {
  find: 'Centre, pinyin or code', centres: 'Centres', villages: 'with villages', chooseCentre: 'Choose a centre', chooseCentreSay: 'Choose one at the left to keep its telephones, posts, holders and deputies.',
  phones: 'Telephones of the centre', phonesSay: 'In the order in which they are rung. Every desk of the county sees them at once.', posts: 'Posts', addPost: 'Add a post', noPosts: 'No posts yet', noPostsSay: 'A new post is seen at once on the desks of county and townships.', noPhones: 'No telephone yet',
  title: 'Post', holder: 'Held by', holderSay: 'an account of this centre', nobody: 'nobody named', deputy: 'Deputy', deputyPost: 'post: {name}', deputyUser: 'account: {name}', lines: 'Lines, in the order in which they are rung', addLine: 'Add a line', addPhone: 'Add a number',
  landline: 'Landline', mobile: 'Mobile', satellite: 'Satellite', radio: 'Radio', number: 'Number', numberRadio: 'Channel or call sign', label: 'Name', kind: 'Kind', priv: 'private', privSay: "A person's own number is sealed and stands in no record; looking at it goes into the access log.", whose: 'Whose', kept: 'sealed; leave empty to keep it',
  up: 'Up', down: 'Down', remove: 'Remove', edit: 'Change', closePost: 'Close post', closeSay: 'It leaves the telephone lists of all desks; its private numbers are destroyed.', closeYes: 'Close it', opened: 'The post is there.', closed: 'The post is closed.', show: 'Show private numbers (goes into the access log)', standsIn: 'deputy: {name}', heldBy: 'held by {name}',
  county: 'county', township: 'township', village: 'village', department: 'department', unit: 'unit', nPosts: '{n} posts', officeMobile: "untick for the office's own mobile",
}
export const t = dictionary(zh, en)
