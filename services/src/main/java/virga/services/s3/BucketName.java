package virga.services.s3;

import virga.kernel.Fault;

/** Source: "General purpose bucket naming rules", Amazon S3 User Guide. */
final class BucketName {
    private BucketName() {}

    static void check(String name) {
        boolean formed = name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
                && !name.contains("..")
                && !name.matches("\\d+\\.\\d+\\.\\d+\\.\\d+")
                && !name.startsWith("xn--")
                && !name.startsWith("sthree-")
                && !name.startsWith("amzn-s3-demo-")
                && !name.endsWith("-s3alias")
                && !name.endsWith("--ol-s3")
                && !name.endsWith(".mrap")
                && !name.endsWith("--x-s3")
                && !name.endsWith("--table-s3");
        if (!formed) {
            throw new Fault("InvalidBucketName", 400, "The specified bucket is not valid.");
        }
    }
}
