/**
 * What things cost on AWS: list prices from a dated file, exact decimal arithmetic, and what is said in a record's details. Free tiers
 * and discounts are left out, because they belong to an account and not to a design. A service whose price is not in the file is named as
 * unpriced rather than counted as free.
 */
package virga.observe.cost;
