using Weir.Detection.Facts.Names;

namespace Weir.Detection.Contracts;

/// <summary>The names that frauds borrow, as the detectors know them.</summary>
public static class BrandNames
{
    /// <summary>What people call it, and where it is at home.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<string> Domains)> All { get; } =
        [.. Brands.All.Where(brand => !brand.IsCommonWord && brand.Domains.Count > 0).Select(brand => (brand.Name, brand.Domains))];
}
