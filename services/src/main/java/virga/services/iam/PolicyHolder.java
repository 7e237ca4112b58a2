package virga.services.iam;

import java.util.SortedMap;
import java.util.TreeMap;
import virga.cloud.provision.Properties;
import virga.cloud.provision.Provisioning;
import virga.model.iam.AttachGroupPolicyRequest;
import virga.model.iam.AttachRolePolicyRequest;
import virga.model.iam.AttachUserPolicyRequest;
import virga.model.iam.DeleteGroupPolicyRequest;
import virga.model.iam.DeleteRolePolicyRequest;
import virga.model.iam.DeleteUserPolicyRequest;
import virga.model.iam.DetachGroupPolicyRequest;
import virga.model.iam.DetachRolePolicyRequest;
import virga.model.iam.DetachUserPolicyRequest;
import virga.model.iam.Iam;
import virga.model.iam.NoSuchEntityException;
import virga.model.iam.PutGroupPolicyRequest;
import virga.model.iam.PutRolePolicyRequest;
import virga.model.iam.PutUserPolicyRequest;

/** The kinds of identity that a stack gives policies to, and takes them from. */
enum PolicyHolder {
    ROLE("Roles") {
        @Override
        void put(Provisioning request, String holder, String name, String document) {
            request.call(
                    Iam.PUT_ROLE_POLICY,
                    PutRolePolicyRequest.builder()
                            .roleName(holder)
                            .policyName(name)
                            .policyDocument(document)
                            .build());
        }

        @Override
        void delete(Provisioning request, String holder, String name) {
            request.callUnlessGone(
                    NoSuchEntityException.class,
                    Iam.DELETE_ROLE_POLICY,
                    DeleteRolePolicyRequest.builder()
                            .roleName(holder)
                            .policyName(name)
                            .build());
        }

        @Override
        void attach(Provisioning request, String holder, String arn) {
            request.call(
                    Iam.ATTACH_ROLE_POLICY,
                    AttachRolePolicyRequest.builder()
                            .roleName(holder)
                            .policyArn(arn)
                            .build());
        }

        @Override
        void detach(Provisioning request, String holder, String arn) {
            request.callUnlessGone(
                    NoSuchEntityException.class,
                    Iam.DETACH_ROLE_POLICY,
                    DetachRolePolicyRequest.builder()
                            .roleName(holder)
                            .policyArn(arn)
                            .build());
        }
    },
    USER("Users") {
        @Override
        void put(Provisioning request, String holder, String name, String document) {
            request.call(
                    Iam.PUT_USER_POLICY,
                    PutUserPolicyRequest.builder()
                            .userName(holder)
                            .policyName(name)
                            .policyDocument(document)
                            .build());
        }

        @Override
        void delete(Provisioning request, String holder, String name) {
            request.callUnlessGone(
                    NoSuchEntityException.class,
                    Iam.DELETE_USER_POLICY,
                    DeleteUserPolicyRequest.builder()
                            .userName(holder)
                            .policyName(name)
                            .build());
        }

        @Override
        void attach(Provisioning request, String holder, String arn) {
            request.call(
                    Iam.ATTACH_USER_POLICY,
                    AttachUserPolicyRequest.builder()
                            .userName(holder)
                            .policyArn(arn)
                            .build());
        }

        @Override
        void detach(Provisioning request, String holder, String arn) {
            request.callUnlessGone(
                    NoSuchEntityException.class,
                    Iam.DETACH_USER_POLICY,
                    DetachUserPolicyRequest.builder()
                            .userName(holder)
                            .policyArn(arn)
                            .build());
        }
    },
    GROUP("Groups") {
        @Override
        void put(Provisioning request, String holder, String name, String document) {
            request.call(
                    Iam.PUT_GROUP_POLICY,
                    PutGroupPolicyRequest.builder()
                            .groupName(holder)
                            .policyName(name)
                            .policyDocument(document)
                            .build());
        }

        @Override
        void delete(Provisioning request, String holder, String name) {
            request.callUnlessGone(
                    NoSuchEntityException.class,
                    Iam.DELETE_GROUP_POLICY,
                    DeleteGroupPolicyRequest.builder()
                            .groupName(holder)
                            .policyName(name)
                            .build());
        }

        @Override
        void attach(Provisioning request, String holder, String arn) {
            request.call(
                    Iam.ATTACH_GROUP_POLICY,
                    AttachGroupPolicyRequest.builder()
                            .groupName(holder)
                            .policyArn(arn)
                            .build());
        }

        @Override
        void detach(Provisioning request, String holder, String arn) {
            request.callUnlessGone(
                    NoSuchEntityException.class,
                    Iam.DETACH_GROUP_POLICY,
                    DetachGroupPolicyRequest.builder()
                            .groupName(holder)
                            .policyArn(arn)
                            .build());
        }
    };

    private final String property;

    /** @param property where a policy's template lists its holders of this kind */
    PolicyHolder(String property) {
        this.property = property;
    }

    String property() {
        return property;
    }

    abstract void put(Provisioning request, String holder, String name, String document);

    /** One that is gone already is no error. */
    abstract void delete(Provisioning request, String holder, String name);

    abstract void attach(Provisioning request, String holder, String arn);

    /** One that is gone already is no error. */
    abstract void detach(Provisioning request, String holder, String arn);

    /** Gives {@code holder} its {@code Policies} and {@code ManagedPolicyArns}. */
    final void apply(Provisioning request, String holder) {
        inline(request.properties()).forEach((name, document) -> put(request, holder, name, document));
        request.properties().texts("ManagedPolicyArns").forEach(arn -> attach(request, holder, arn));
    }

    /** Takes away what {@code previous} properties gave and the present ones do not. */
    final void dropSince(Properties previous, Provisioning request, String holder) {
        SortedMap<String, String> dropped = inline(previous);
        dropped.keySet().removeAll(inline(request.properties()).keySet());
        dropped.keySet().forEach(name -> delete(request, holder, name));
        request.properties().dropped(previous, "ManagedPolicyArns").forEach(arn -> detach(request, holder, arn));
    }

    /** Takes away all that the properties gave. */
    final void drop(Provisioning request, String holder) {
        inline(request.properties()).keySet().forEach(name -> delete(request, holder, name));
        request.properties().texts("ManagedPolicyArns").forEach(arn -> detach(request, holder, arn));
    }

    /** The inline documents of {@code Policies}, by name. */
    private static SortedMap<String, String> inline(Properties properties) {
        SortedMap<String, String> inline = new TreeMap<>();
        properties
                .objects("Policies")
                .forEach(policy ->
                        inline.put(policy.requiredText("PolicyName"), policy.requiredDocument("PolicyDocument")));
        return inline;
    }
}
