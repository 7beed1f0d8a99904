/** Enough to recognise a broken lamp, small enough for any network. */
const LONGEST_SIDE = 1600;
const KEPT_AS_IS = 400_000;

export interface ChosenPicture {
  name: string;
  dataBase64: string;
  /** for showing it at once */
  previewUrl: string;
}

/** Shrinks a photo in the browser; a picture that cannot be read is refused with the reason. */
export async function choosePicture(file: File): Promise<ChosenPicture> {
  if (!/^image\/(jpeg|png|gif|webp)$/.test(file.type)) {
    throw new Error("只能发 JPEG、PNG、GIF、WebP 图片。");
  }
  const blob = file.size <= KEPT_AS_IS ? file : await shrunk(file);
  return {
    name: file.name,
    dataBase64: await base64Of(blob),
    previewUrl: URL.createObjectURL(blob),
  };
}

async function shrunk(file: File): Promise<Blob> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error("这张图片打不开,请换一张。");
  });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error("这张图片打不开,请换一张。")) : resolve(blob)),
      "image/jpeg",
      0.85,
    ),
  );
}

const base64Of = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(new Error("这张图片读不出来,请换一张。"));
    reader.readAsDataURL(blob);
  });
