/** A photo small enough for a poor line: drawn anew on the phone, which also leaves its metadata behind. */
const LONGEST = 1280
const MOST_BYTES = 380_000
const THUMB = 200
const STEPS = [[LONGEST, 0.72], [LONGEST, 0.55], [960, 0.55], [640, 0.5]] as const

/** `thumb`: a small one, that stays on the phone when the picture has gone */
export interface Shot { picture: string; thumb: string; bytes: number }

/** The size a picture is drawn at: its longer side at most `longest`, never larger than it was. */
export function fitted(width: number, height: number, longest: number): [number, number] {
  const scale = Math.min(1, longest / Math.max(width, height))
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
}

/** `most`: of two that go in one message each is smaller */
export async function shoot(file: Blob, most = MOST_BYTES): Promise<Shot> {
  const drawn = await createImageBitmap(file)
  try {
    let blob: Blob | null = null
    for (const [longest, quality] of STEPS) {
      blob = await draw(drawn, longest, quality)
      if (blob.size <= most) break
    }
    return { picture: await base64(blob!), thumb: await base64(await draw(drawn, THUMB, 0.6)), bytes: blob!.size }
  } finally {
    drawn.close()
  }
}

function draw(source: ImageBitmap, longest: number, quality: number): Promise<Blob> {
  const canvas = document.createElement('canvas')
  ;[canvas.width, canvas.height] = fitted(source.width, source.height, longest)
  canvas.getContext('2d')!.drawImage(source, 0, 0, canvas.width, canvas.height)
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('no picture'))), 'image/jpeg', quality))
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(text)
}
