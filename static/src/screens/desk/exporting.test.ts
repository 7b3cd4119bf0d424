import { expect, test } from 'vitest'
import { cell, csv } from './exporting'

test('it takes the force out of cells that a spreadsheet would run', () => {
  expect(['=1+1', '+86', '-2', '@x', '\tx'].map(cell)).toEqual(["'=1+1", "'+86", "'-2", "'@x", "'\tx"])
  expect(cell('=HYPERLINK("http://x","按")')).toBe('"\'=HYPERLINK(""http://x"",""按"")"')
})
test('it keeps commas, quotes and lines inside their cell', () => {
  expect(csv(['甲', '乙'], [['一,二', '他说“走”'], ['a"b', 'c\nd']])).toBe('\ufeff甲,乙\r\n"一,二",他说“走”\r\n"a""b","c\nd"\r\n')
})
