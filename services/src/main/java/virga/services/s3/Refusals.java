package virga.services.s3;

import java.util.List;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.s3.CreateBucketRequest;

/** What a request may ask that Virga does not do, or that a bucket without ACLs and object lock does not allow. */
final class Refusals {
    private static final List<String> CUSTOMER_KEYS = List.of(
            "SSECustomerAlgorithm", "SSECustomerKey", "CopySourceSSECustomerAlgorithm", "CopySourceSSECustomerKey");
    private static final List<String> OBJECT_LOCKS =
            List.of("ObjectLockMode", "ObjectLockRetainUntilDate", "ObjectLockLegalHoldStatus");
    private static final List<String> GRANTS =
            List.of("GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP");
    private static final List<String> CHECKSUMS = List.of("ChecksumXXHASH64", "ChecksumXXHASH3", "ChecksumXXHASH128");

    private Refusals() {}

    /** For every operation that writes an object or reads one. */
    static void ofObject(Structure input) {
        String operation = input.schema().name().replaceFirst("(Request|Input)$", "");
        CUSTOMER_KEYS.forEach(member -> refuse(input, operation, member));
        CHECKSUMS.forEach(member -> refuse(input, operation, member));
        refuse(input, operation, "SSEKMSKeyId");
        refuse(input, operation, "SSEKMSEncryptionContext");
        refuse(input, operation, "WriteOffsetBytes");
        Members.text(input, "ServerSideEncryption").ifPresent(encryption -> {
            if (encryption.startsWith("aws:")) {
                throw Fault.unsupported("s3:" + operation + "/ServerSideEncryption/" + encryption);
            } else if (!encryption.equals("AES256")) {
                throw S3Faults.invalidArgument("The encryption method specified is not supported");
            }
        });
        Members.text(input, "StorageClass")
                .filter(storage -> !storage.equals("STANDARD"))
                .ifPresent(storage -> {
                    throw Fault.unsupported("s3:" + operation + "/StorageClass/" + storage);
                });
        if (OBJECT_LOCKS.stream().anyMatch(member -> Members.isSet(input, member))) {
            throw S3Faults.invalidRequest("Bucket is missing Object Lock Configuration");
        }
        accessControl(input);
    }

    /** ACLs are off, as in every bucket made since April 2023: what only repeats the owner's control is let through. */
    static void accessControl(Structure input) {
        boolean granted = GRANTS.stream().anyMatch(member -> Members.isSet(input, member));
        boolean canned = Members.text(input, "ACL")
                .filter(acl -> !acl.equals("private") && !acl.equals("bucket-owner-full-control"))
                .isPresent();
        if (granted || canned || Members.isSet(input, "AccessControlPolicy")) {
            throw S3Faults.accessControlListNotSupported();
        }
    }

    static void ofBucket(CreateBucketRequest input) {
        boolean owned = input.objectOwnership()
                .filter(ownership -> !ownership.equals("BucketOwnerEnforced"))
                .isPresent();
        if (owned) {
            throw Fault.unsupported(
                    "s3:CreateBucket/ObjectOwnership/" + input.objectOwnership().get());
        }
        if (input.objectLockEnabledForBucket().orElse(false)) {
            throw Fault.unsupported("s3:CreateBucket/ObjectLockEnabledForBucket");
        }
        input.createBucketConfiguration().ifPresent(configuration -> {
            if (configuration.bucket().isPresent() || configuration.location().isPresent()) {
                throw Fault.unsupported("s3:CreateBucket/CreateBucketConfiguration/Bucket");
            }
        });
        if (Members.text(input, "ACL").filter(acl -> !acl.equals("private")).isPresent()) {
            throw new Fault(
                    "InvalidBucketAclWithObjectOwnership",
                    400,
                    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
        }
        accessControl(input);
    }

    private static void refuse(Structure input, String operation, String member) {
        if (Members.isSet(input, member)) {
            throw Fault.unsupported("s3:" + operation + "/" + member);
        }
    }
}
