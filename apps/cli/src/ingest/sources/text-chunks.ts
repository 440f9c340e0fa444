/** Decodes UTF-8 bytes as they come; what is not UTF-8 becomes U+FFFD, which the validator lets through as text. */
export async function* textChunks(bytes: AsyncIterable<Uint8Array | string>): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of bytes)
    yield typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  const last = decoder.decode();
  if (last !== '') yield last;
}
