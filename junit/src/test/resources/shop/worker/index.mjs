export const handler = async (event) => {
  for (const record of event.Records ?? []) {
    console.log(`working on ${record.body}`);
    if (record.body === "poison") throw new Error("cannot work on poison");
  }
  return { statusCode: 200, body: process.env.GREETING };
};
