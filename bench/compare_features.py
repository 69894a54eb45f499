#!/usr/bin/env python3
"""Features of one region beside PyRadiomics and MIRP, where the definitions agree, and the time that each takes.

    bench/compare_features.py build/netpet IMAGE.nii.gz MASK.nii.gz [--bins 32]

Needs an environment with pyradiomics, mirp, SimpleITK and numpy. A program that is not there is said to be absent."""
import argparse
import json
import logging
import subprocess
import sys
import time

GLCM = {"Autocorrelation": "auto_corr", "JointAverage": "joint_avg", "ClusterProminence": "clust_prom", "ClusterShade": "clust_shade",
        "ClusterTendency": "clust_tend", "Contrast": "contrast", "Correlation": "corr", "DifferenceAverage": "diff_avg",
        "DifferenceEntropy": "diff_entr", "DifferenceVariance": "diff_var", "Id": "inv_diff", "Idm": "inv_diff_mom",
        "Idmn": "inv_diff_mom_norm", "Idn": "inv_diff_norm", "Imc1": "info_corr1", "Imc2": "info_corr2", "InverseVariance": "inv_var",
        "JointEnergy": "energy", "JointEntropy": "joint_entr", "MaximumProbability": "joint_max", "SumAverage": "sum_avg",
        "SumEntropy": "sum_entr", "SumSquares": "joint_var"}
GLRLM = {"ShortRunEmphasis": "sre", "LongRunEmphasis": "lre", "LowGrayLevelRunEmphasis": "lgre", "HighGrayLevelRunEmphasis": "hgre",
         "ShortRunLowGrayLevelEmphasis": "srlge", "ShortRunHighGrayLevelEmphasis": "srhge", "LongRunLowGrayLevelEmphasis": "lrlge",
         "LongRunHighGrayLevelEmphasis": "lrhge", "GrayLevelNonUniformity": "glnu", "GrayLevelNonUniformityNormalized": "glnu_norm",
         "RunLengthNonUniformity": "rlnu", "RunLengthNonUniformityNormalized": "rlnu_norm", "RunPercentage": "r_perc",
         "GrayLevelVariance": "gl_var", "RunVariance": "rl_var", "RunEntropy": "rl_entr"}
GLSZM = {"SmallAreaEmphasis": "sze", "LargeAreaEmphasis": "lze", "LowGrayLevelZoneEmphasis": "lgze", "HighGrayLevelZoneEmphasis": "hgze",
         "SmallAreaLowGrayLevelEmphasis": "szlge", "SmallAreaHighGrayLevelEmphasis": "szhge", "LargeAreaLowGrayLevelEmphasis": "lzlge",
         "LargeAreaHighGrayLevelEmphasis": "lzhge", "GrayLevelNonUniformity": "glnu", "GrayLevelNonUniformityNormalized": "glnu_norm",
         "SizeZoneNonUniformity": "zsnu", "SizeZoneNonUniformityNormalized": "zsnu_norm", "ZonePercentage": "z_perc",
         "GrayLevelVariance": "gl_var", "ZoneVariance": "zs_var", "ZoneEntropy": "zs_entr"}
NGTDM = {"Coarseness": "coarseness", "Contrast": "contrast", "Busyness": "busyness", "Complexity": "complexity", "Strength": "strength"}
GLDM = {"SmallDependenceEmphasis": "lde", "LargeDependenceEmphasis": "hde", "LowGrayLevelEmphasis": "lgce", "HighGrayLevelEmphasis": "hgce",
        "SmallDependenceLowGrayLevelEmphasis": "ldlge", "SmallDependenceHighGrayLevelEmphasis": "ldhge",
        "LargeDependenceLowGrayLevelEmphasis": "hdlge", "LargeDependenceHighGrayLevelEmphasis": "hdhge", "GrayLevelNonUniformity": "glnu",
        "DependenceNonUniformity": "dcnu", "DependenceNonUniformityNormalized": "dcnu_norm", "GrayLevelVariance": "gl_var",
        "DependenceVariance": "dc_var", "DependenceEntropy": "dc_entr"}
FIRST = {"Mean": "stat_mean", "Variance": "stat_var", "Skewness": "stat_skew", "Kurtosis": "stat_kurt", "Median": "stat_median",
         "Minimum": "stat_min", "Maximum": "stat_max", "10Percentile": "stat_p10", "90Percentile": "stat_p90",
         "InterquartileRange": "stat_iqr", "Range": "stat_range", "MeanAbsoluteDeviation": "stat_mad",
         "RobustMeanAbsoluteDeviation": "stat_rmad", "Energy": "stat_energy", "RootMeanSquared": "stat_rms", "Entropy": "ih_entropy",
         "Uniformity": "ih_uniformity"}
SHAPE = {"MeshVolume": "morph_volume", "VoxelVolume": "morph_vol_approx", "SurfaceArea": "morph_area_mesh",
         "SurfaceVolumeRatio": "morph_av", "Sphericity": "morph_sphericity", "Maximum3DDiameter": "morph_diam",
         "MajorAxisLength": "morph_pca_maj_axis", "MinorAxisLength": "morph_pca_min_axis", "LeastAxisLength": "morph_pca_least_axis",
         "Elongation": "morph_pca_elongation", "Flatness": "morph_pca_flatness"}
TAGS = {f"original_firstorder_{k}": v for k, v in FIRST.items()} | {f"original_shape_{k}": v for k, v in SHAPE.items()} | \
       {f"original_glcm_{k}": f"cm_{v}_3D_avg" for k, v in GLCM.items()} | \
       {f"original_glrlm_{k}": f"rlm_{v}_3D_avg" for k, v in GLRLM.items()} | \
       {f"original_glszm_{k}": f"szm_{v}_3D" for k, v in GLSZM.items()} | \
       {f"original_ngtdm_{k}": f"ngt_{v}_3D" for k, v in NGTDM.items()} | \
       {f"original_gldm_{k}": f"ngl_{v}_3D" for k, v in GLDM.items()}
# Where a definition differs, and how.
OTHER_DEFINITION = {
    "pyradiomics": {
        **dict.fromkeys(["morph_volume", "morph_area_mesh", "morph_av", "morph_sphericity"],
                        "leaves ambiguous faces of the marching cubes open; netpet closes them"),
        **dict.fromkeys(["morph_pca_maj_axis", "morph_pca_min_axis", "morph_pca_least_axis"],
                        "divides the covariance by n; IBSI's values have n − 1"),
        "stat_kurt": "without the − 3 of IBSI (taken off here)"},
    "mirp": dict.fromkeys(["morph_moran_i", "morph_geary_c"], "estimates it from a sample of the voxels") | dict.fromkeys(["morph_volume", "morph_area_mesh", "morph_av", "morph_comp_1", "morph_comp_2", "morph_sph_dispr",
                           "morph_sphericity", "morph_asphericity", "morph_vol_dens_aabb", "morph_area_dens_aabb",
                           "morph_vol_dens_aee", "morph_area_dens_aee", "morph_vol_dens_conv_hull", "morph_area_dens_conv_hull",
                           "morph_integ_int"],
                          "Lewiner's marching cubes cut cubes of two parts otherwise")}
IN_MM3 = {"morph_volume", "morph_vol_approx", "morph_integ_int"}


def clocked(work):
    begun = time.perf_counter()
    return work(), time.perf_counter() - begun


def netpet(args):
    done = subprocess.run([args.netpet, "measure", args.image, args.mask, "--bins", str(args.bins), "--json", "--quiet",
                           "--threads", "1"], capture_output=True, text=True, check=True)
    return {f["parameters"]["tag"]: f["value"] * (1000 if f["parameters"]["tag"] in IN_MM3 else 1)
            for f in json.loads(done.stdout)["features"] if "tag" in f["parameters"] and isinstance(f["value"], (int, float))}


def pyradiomics(args):
    import SimpleITK
    from radiomics import featureextractor
    logging.getLogger("radiomics").setLevel(logging.ERROR)
    SimpleITK.ProcessObject_SetGlobalDefaultNumberOfThreads(1)
    image, mask = SimpleITK.ReadImage(args.image), SimpleITK.Cast(SimpleITK.ReadImage(args.mask), SimpleITK.sitkUInt8)
    mask.CopyInformation(image)
    extractor = featureextractor.RadiomicsFeatureExtractor(binCount=args.bins, additionalInfo=False)
    extractor.enableAllFeatures()
    extractor.settings["gldm_a"] = 0
    runs = [clocked(lambda: extractor.execute(image, mask)) for _ in range(3)]
    found, seconds = runs[0][0], min(seconds for _, seconds in runs)
    values = {TAGS[key]: float(value) for key, value in found.items() if key in TAGS}
    values["stat_kurt"] -= 3
    return values, seconds


def mirp(args):
    from mirp import extract_features
    every = ["2d_average", "2d_slice_merge", "2.5d_direction_merge", "2.5d_volume_merge", "3d_average", "3d_volume_merge"]
    frames, seconds = clocked(lambda: extract_features(
        image=args.image, mask=args.mask, base_discretisation_method="fixed_bin_number",
        base_discretisation_n_bins=args.bins, ivh_discretisation_method="fixed_bin_number", ivh_discretisation_n_bins=1000,
        base_feature_families="all", glcm_spatial_method=every, glrlm_spatial_method=every, glszm_spatial_method=["2d", "2.5d", "3d"],
        gldzm_spatial_method=["2d", "2.5d", "3d"], ngtdm_spatial_method=["2d", "2.5d", "3d"],
        ngldm_spatial_method=["2d", "2.5d", "3d"]))
    labels = {"2d_avg": "2D_avg", "2d_s_mrg": "2D_comb", "2.5d_d_mrg": "2_5D_avg", "2.5d_v_mrg": "2_5D_comb", "3d_avg": "3D_avg",
              "3d_v_mrg": "3D_comb", "2d": "2D", "2.5d": "2_5D", "3d": "3D"}
    values = {}
    for column, value in frames[0].iloc[0].items():
        if isinstance(value, str):
            continue
        name = column.replace(f"_fbn_n{args.bins}", "").replace("_fbn_n1000", "").replace("_d1", "").replace("_a0.0", "").replace("_a0", "")
        for label, ours in labels.items():
            if name.endswith("_" + label) and name.split("_")[0] in ("cm", "rlm", "szm", "dzm", "ngt", "ngl"):
                name = name.removesuffix(label) + ours
                break
        try:
            values[name] = float(value)
        except (TypeError, ValueError):
            continue
    return values, seconds


def compare(name, ours, theirs):
    agree, explained, other = 0, [], []
    for tag in sorted(set(ours) & set(theirs)):
        difference = abs(ours[tag] - theirs[tag]) / max(abs(theirs[tag]), 1e-12)
        if difference <= 1e-4:
            agree += 1
        elif tag in OTHER_DEFINITION[name]:
            explained.append((tag, difference, OTHER_DEFINITION[name][tag]))
        else:
            other.append((tag, ours[tag], theirs[tag]))
    print(f"{name}: {agree} of {len(set(ours) & set(theirs))} shared features within 1e-4")
    for tag, difference, why in explained:
        print(f"  {tag}: {difference:.1e}, {why}")
    for tag, a, b in other:
        print(f"  {tag}: {a:.8g} against {b:.8g}")
    return not other


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("netpet")
    parser.add_argument("image")
    parser.add_argument("mask")
    parser.add_argument("--bins", type=int, default=32)
    parser.add_argument("--bench", metavar="PROGRAM", help="build/bench/bench_measure: its time instead, without reading")
    parser.add_argument("--without-mirp", action="store_true", help="MIRP takes a minute")
    args = parser.parse_args()
    ours, seconds = clocked(lambda: netpet(args))
    print(f"netpet: {len(ours)} features in {seconds:.3f} s, start, reading and writing included")
    if args.bench:
        clock = json.loads(subprocess.run([args.bench, args.image, args.mask], capture_output=True, text=True, check=True).stdout)
        print(f"netpet: {clock['features']} features of {clock['volume_ml']} mL, {clock['voxels']} voxels, in {clock['ms']} ms")
    good = True
    for name, program in (("pyradiomics", pyradiomics), ("mirp", mirp))[:1 if args.without_mirp else 2]:
        try:
            theirs, seconds = program(args)
        except ImportError as error:
            print(f"{name}: ABSENT ({error})")
            continue
        print(f"{name}: {seconds:.3f} s")
        good = compare(name, ours, theirs) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
