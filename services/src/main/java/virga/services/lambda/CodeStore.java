package virga.services.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import virga.cloud.Environment;
import virga.cloud.UnitOfWork;
import virga.kernel.Bug;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.function.FunctionVersion;
import virga.store.Reading.Entry;

/** Keeps packages: once for each digest, in pieces. */
final class CodeStore {
    private static final int PIECE = 512 * 1024;

    private CodeStore() {}

    static LambdaFunction.Package keep(UnitOfWork work, Bytes zip) {
        String sha256 = sha256(zip);
        if (work.get(LambdaKeys.CODE.key(sha256, 0L)).isEmpty()) {
            long number = 0;
            for (int from = 0; from < zip.length(); from += PIECE) {
                Bytes piece = zip.slice(from, Math.min(zip.length(), from + PIECE));
                work.put(LambdaKeys.CODE.key(sha256, number++), piece, LambdaKeys.CODE_PIECE);
            }
        }
        return new LambdaFunction.Package(sha256, zip.length());
    }

    /** The archive, read from the store only when the engine asks for it. */
    static FunctionVersion.Code archive(Environment environment, LambdaFunction.Package code) {
        return new FunctionVersion.Code(code.sha256(), new Stored(environment, code));
    }

    static String sha256(Bytes zip) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(zip.unsafeArray());
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new Bug("every Java platform has SHA-256", e);
        }
    }

    private record Stored(Environment environment, LambdaFunction.Package code) implements ByteStream {
        @Override
        public InputStream open() throws IOException {
            Optional<Bytes> zip = environment.read(reading -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream((int) code.size());
                try (Stream<Entry> pieces = reading.scan(LambdaKeys.CODE.range(code.sha256()))) {
                    pieces.forEach(piece -> out.writeBytes(piece.value().unsafeArray()));
                }
                return out.size() == 0 ? Optional.<Bytes>empty() : Optional.of(Bytes.wrap(out.toByteArray()));
            });
            return zip.orElseThrow(() -> new IOException("the package " + code.sha256() + " is not in the store"))
                    .asInputStream();
        }

        @Override
        public long length() {
            return code.size();
        }

        @Override
        public boolean repeatable() {
            return true;
        }
    }
}
