const file = /@orpc[\\/]standard-server[\\/]dist[\\/]index\.mjs$/;
const stream = /^class EventDecoderStream extends TransformStream \{\n(?:(?!\}).*\n)*\}\n/m;

/**
 * Vite plugin. oRPC has a class that extends one of the Web's streams, all of which Node.js loads for it at the start of every command;
 * nothing here uses it.
 */
export function leanOrpc() {
  return {
    name: 'lean-orpc',
    transform(code: string, id: string) {
      if (!file.test(id)) return null;
      if (!stream.test(code))
        throw new Error('oRPC has its EventDecoderStream in another form: see build/lean-orpc.mts');
      return { code: code.replace(stream, 'const EventDecoderStream = undefined;\n'), map: null };
    },
  };
}
