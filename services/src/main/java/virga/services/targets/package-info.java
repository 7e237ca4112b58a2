/** How services that deliver to others address them: from the ARN that a user configured to what the other's operations take. */
package virga.services.targets;
