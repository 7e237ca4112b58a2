/** What a service offers to CloudFormation: how resources of a type are made, changed and deleted. */
package virga.cloud.provision;
