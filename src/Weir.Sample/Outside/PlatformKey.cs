using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;

namespace Weir.Sample.Outside;

/// <summary>The RSA key of a mail hoster, published under the domain of every customer, as hosters do. Made from the seed.</summary>
internal static class PlatformKey
{
    private const int Bits = 2048;

    public static RSA Create(int seed)
    {
        // A seeded digest generator, not the system's: the same seed must give the same signatures. These keys protect nothing.
        var random = new DigestRandomGenerator(new Sha256Digest());
        random.AddSeedMaterial(Dice.For(seed, "platform-key").Bytes(32));
        var generator = new RsaKeyPairGenerator();
        generator.Init(new RsaKeyGenerationParameters(BigInteger.ValueOf(65537), new SecureRandom(random), Bits, 80));
        AsymmetricCipherKeyPair pair = generator.GenerateKeyPair();
        var key = RSA.Create();
        key.ImportParameters(DotNetUtilities.ToRSAParameters((RsaPrivateCrtKeyParameters)pair.Private));
        return key;
    }
}
