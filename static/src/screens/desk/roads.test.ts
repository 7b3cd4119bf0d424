import { expect, test } from 'vitest'
import { parseRoad, roadWords } from './roads'

test.each([
  ['G208 K123+400', 'G208 K123+400'], ['g208k123+400', 'G208 K123+400'], ['Ｇ２０８ Ｋ１２３＋４００', 'G208 K123+400'], ['国道208 123公里', 'G208 K123+000'],
  ['208国道123公里+400米', 'G208 K123+400'], ['208国道123公里400米', 'G208 K123+400'], ['S322 12km', 'S322 K12+000'], ['S322 12.3 km', 'S322 K12+300'],
  ['S322武墨线 K12+300', 'S322 武墨线 K12+300'], ['县道 12 第3公里处', 'X12 K3+000'], ['G208国道 K5', 'G208 K5+000'], ['G208线 K5+050', 'G208 K5+050'],
  ['G208 K5+50米', 'G208 K5+050'], ['G208 K123+400 往长治方向', 'G208 K123+400 往长治'], ['S322 K12 下行', 'S322 K12+000 下行'], ['G55二广高速 K950+200', 'G55 二广高速 K950+200'],
])('it reads %s as %s', (typed, said) => {
  const road = parseRoad(typed)
  expect(road && roadWords(road)).toBe(said)
})

test.each([
  '', 'G208', 'K123+400', '河道边', '南皋村东 2公里', '离G208 3公里', 'G208离县城 12公里', 'G208 12', 'G208 K12+50', 'G20812公里', '国道208123公里', 'G208省道 K5',
  'G208 K12-K15', 'G208 K12至K15', 'G208与S322交叉口', 'G208 K12.5+300', 'G208 123公里 河边', '208 123', 'T208 K12', '武墨线 12公里', '112.86 36.84', 'S322 12mi',
])('it leaves %s as words', (typed) => { expect(parseRoad(typed)).toBeNull() })

test('it gives the parts as the server takes them', () => {
  expect(parseRoad('208国道123公里+400米')).toEqual({ ref: 'G208', name: null, km: 123.4, direction: null })
})
