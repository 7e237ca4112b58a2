/**
 * What a service offers to CloudFormation: how resources of a type are made, changed and deleted.
 *
 * <p>A {@link virga.cloud.provision.Provisioner} stands beside its service and reads like its type's page in the Template Reference: the
 * name, the properties with what changing each means ({@link virga.cloud.provision.PropertyRules}), then create, update and delete by the
 * service's own operations, and what {@code Ref} and {@code Fn::GetAtt} answer ({@link virga.cloud.provision.Provisioned}).
 *
 * <p>Most properties go to members of an operation's input that have their name and form, so the input's schema says how they are read
 * ({@link virga.cloud.provision.Properties#as}); a provisioner says by hand only what differs. Whatever it does is done again after a
 * crash: {@link virga.cloud.provision.Provisioning} has the words for what stands or is gone already.
 */
package virga.cloud.provision;
