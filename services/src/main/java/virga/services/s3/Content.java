package virga.services.s3;

import java.util.List;
import java.util.Map;

/**
 * The bytes of an object, and what is known of them.
 *
 * @param eTag without quotation marks: the MD5 in hexadecimal; of a multipart upload the MD5 of its parts' MD5s, with their count
 * @param checksums by the member that shows them, as in {@code ChecksumCRC32}
 * @param checksumType {@code FULL_OBJECT} or {@code COMPOSITE}
 */
record Content(List<Segment> segments, String eTag, Map<String, String> checksums, String checksumType) {
    static final Content EMPTY = new Content(List.of(), "", Map.of(), "");

    /**
     * Bytes that were sent together: a whole object, or a part.
     *
     * @param contentId under which the pieces are kept
     * @param eTag the MD5 in hexadecimal
     */
    record Segment(int partNumber, String contentId, long size, String eTag, Map<String, String> checksums) {}

    long size() {
        return segments.stream().mapToLong(Segment::size).sum();
    }

    boolean isMultipart() {
        return eTag.indexOf('-') >= 0;
    }

    String quotedETag() {
        return '"' + eTag + '"';
    }
}
