"""Regions of an RTSTRUCT as masks: a voxel belongs to a region where its centre lies inside by the even-odd rule."""
import numpy


def mask_of(structure_set, name, shape, to_lps):
    """The voxels of a grid (shape, affine to LPS mm) that the closed planar contours of the region `name` hold."""
    (number,) = [roi.ROINumber for roi in structure_set.StructureSetROISequence if roi.ROIName == name]
    (roi,) = [one for one in structure_set.ROIContourSequence if one.ReferencedROINumber == number]
    to_index = numpy.linalg.inv(to_lps)
    i, j = numpy.meshgrid(numpy.arange(shape[0]), numpy.arange(shape[1]), indexing="ij")
    mask = numpy.zeros(shape, bool)
    for contour in roi.ContourSequence:
        points = numpy.array(contour.ContourData, float).reshape(-1, 3)
        at = (to_index @ numpy.column_stack([points, numpy.ones(len(points))]).T)[:3]
        k = int(round(at[2].mean()))
        assert abs(at[2] - k).max() < 0.1, "contours lie on slices of the image"
        mask[:, :, k] ^= inside(at[0], at[1], i, j)
    return mask


def inside(xs, ys, x, y):
    """Even-odd: how many edges of the polygon does a ray from (x, y) to the right cross?"""
    odd = numpy.zeros(x.shape, bool)
    for n in range(len(xs)):
        xa, ya, xb, yb = xs[n - 1], ys[n - 1], xs[n], ys[n]
        if ya == yb:
            continue
        crosses = (ya > y) != (yb > y)
        odd ^= crosses & (x < xa + (y - ya) * (xb - xa) / (yb - ya))
    return odd
