/* A screenshot as a small PNG of 16 colours: the browser reads it, chooses the colours and packs it. */
async (base64) => {
  const COLOURS = 16;
  const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64," + base64)).blob());
  const { width, height } = bitmap, canvas = new OffscreenCanvas(width, height), pen = canvas.getContext("2d");
  pen.drawImage(bitmap, 0, 0);
  const pixels = new Uint32Array(pen.getImageData(0, 0, width, height).data.buffer);
  const found = new Map();
  for (const one of pixels) found.set(one, (found.get(one) || 0) + 1);
  const parts = (one) => [one & 255, (one >> 8) & 255, (one >> 16) & 255];
  const far = (one, other) => { const a = parts(one), b = parts(other); return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2; };
  const common = [...found].sort((a, b) => b[1] - a[1]).slice(0, 3000), palette = [common[0][0]];
  const apart = common.map(([one]) => far(one, palette[0]));
  while (palette.length < COLOURS) {
    let best = -1, worth = 0;
    common.forEach(([, count], place) => { const now = Math.sqrt(count) * apart[place]; if (now > worth) { worth = now; best = place; } });
    if (best < 0) break;
    palette.push(common[best][0]);
    common.forEach(([one], place) => { apart[place] = Math.min(apart[place], far(one, common[best][0])); });
  }
  const near = new Map();
  const nearest = (one) => {
    if (!near.has(one)) near.set(one, palette.reduce((best, other, place) => (far(one, other) < far(one, palette[best]) ? place : best), 0));
    return near.get(one);
  };
  const line = Math.ceil(width / 2), raw = new Uint8Array((line + 1) * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) raw[y * (line + 1) + 1 + (x >> 1)] |= nearest(pixels[y * width + x]) << (x & 1 ? 0 : 4);
  const packed = new Uint8Array(await new Response(new Blob([raw]).stream().pipeThrough(new CompressionStream("deflate"))).arrayBuffer());
  const crcs = Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n >>> 0; });
  const chunk = (name, body) => {
    const whole = new Uint8Array(12 + body.length), view = new DataView(whole.buffer);
    view.setUint32(0, body.length);
    whole.set([...name].map((one) => one.charCodeAt(0)), 4);
    whole.set(body, 8);
    let crc = 0xffffffff;
    for (let place = 4; place < 8 + body.length; place++) crc = crcs[(crc ^ whole[place]) & 255] ^ (crc >>> 8);
    view.setUint32(8 + body.length, (crc ^ 0xffffffff) >>> 0);
    return whole;
  };
  const head = new Uint8Array(13), view = new DataView(head.buffer);
  view.setUint32(0, width); view.setUint32(4, height); head.set([4, 3, 0, 0, 0], 8);
  const made = [new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]), chunk("IHDR", head), chunk("PLTE", new Uint8Array(palette.flatMap(parts))), chunk("IDAT", packed), chunk("IEND", new Uint8Array())];
  const bytes = new Uint8Array(await new Blob(made).arrayBuffer());
  let text = "";
  for (let place = 0; place < bytes.length; place += 8192) text += String.fromCharCode(...bytes.subarray(place, place + 8192));
  return btoa(text);
}
