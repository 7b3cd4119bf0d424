/** A setting's value as a person types it, by its JSON schema: whole numbers, numbers, yes or no, a choice, texts, lists; anything else as JSON. */
export interface Schema { type?: string; enum?: unknown[]; anyOf?: Schema[]; items?: Schema; minimum?: number; maximum?: number; exclusiveMinimum?: number; exclusiveMaximum?: number; minLength?: number; maxLength?: number }
export type Sort = 'integer' | 'number' | 'boolean' | 'choice' | 'text' | 'list' | 'json'

/** The schema without "or null". */
export const bare = (schema: Schema): Schema => schema.anyOf?.find((one) => one.type !== 'null') ?? schema
export function sortOf(schema: Schema): Sort {
  const one = bare(schema)
  if (one.enum) return 'choice'
  if (one.type === 'integer' || one.type === 'number' || one.type === 'boolean') return one.type
  if (one.type === 'array' && bare(one.items ?? {}).type === 'string') return 'list'
  return one.type === 'string' ? 'text' : 'json'
}
export function typed(schema: Schema, value: unknown): string {
  if (value === null || value === undefined) return ''
  const sort = sortOf(schema)
  if (sort === 'list') return (value as string[]).join('\n')
  return sort === 'json' ? JSON.stringify(value) : String(value)
}
/** The value that was typed; undefined where it is none of its sort. */
export function read(schema: Schema, text: string): unknown {
  const trimmed = text.trim()
  switch (sortOf(schema)) {
    case 'integer': return /^-?\d+$/.test(trimmed) ? Number(trimmed) : undefined
    case 'number': return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : undefined
    case 'boolean': return trimmed === 'true' ? true : trimmed === 'false' ? false : undefined
    case 'choice': return bare(schema).enum?.find((one) => String(one) === trimmed)
    case 'list': return trimmed === '' ? [] : trimmed.split('\n').map((line) => line.trim()).filter(Boolean)
    case 'text': return trimmed
    default: return parsed(trimmed)
  }
}
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
