import { registerVendor, setVendorAvailability } from "./operations.mjs";

/**
 * Registers a vendor and makes sure that a session can start for it.
 *
 * @param {import("./graphql.mjs").GraphQlClient} client
 * @param {object} input a RegisterVendorInput
 * @returns {Promise<string>} its id
 */
export async function registerAvailableVendor(client, input) {
  const { id, availability } = (await client.execute(registerVendor, { input })).registerVendor;
  if (availability !== "AVAILABLE") {
    await client.execute(setVendorAvailability, { input: { vendorId: id, availability: "AVAILABLE" } });
  }
  return id;
}
