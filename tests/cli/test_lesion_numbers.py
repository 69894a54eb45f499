"""What reading.json says of its lesions beyond SUV: outlines, heterogeneity, volumes by phenotype, other outlines."""
import pytest


@pytest.fixture(scope="module")
def document(reading):
    return reading[1]


def counted(document):
    return [lesion for lesion in document["lesions"] if lesion["status"] in ("unreviewed", "pathologic")]


def test_each_outline_names_its_method_and_its_least_suv(document):
    for lesion in document["lesions"]:
        for uptake in lesion["uptake"].values():
            assert (uptake["outline"] is not None) == uptake["outlined"]
            if uptake["outlined"]:
                assert uptake["outline"]["threshold_suv"] <= uptake["suvmax"] * 1.0001


def test_sites_add_up_to_the_whole(document):
    burden = document["burden"]
    for part in ("sstr_volume_ml", "fdg_volume_ml", "sstr_total_uptake", "fdg_total_uptake"):
        assert sum(site[part] for site in burden["by_site"].values()) == pytest.approx(burden[part], rel=1e-4)
    assert sum(site["lesions"] for site in burden["by_site"].values()) == len(counted(document))


def test_the_volumes_by_phenotype_lie_within_their_ranges(document):
    burden = document["burden"]
    for part, (least, most) in burden["within_alignment"].items():
        assert least * 0.9999 <= burden[part] <= most * 1.0001


def test_the_methods_of_this_reading_give_its_own_volumes_and_grade(document):
    used = {one["tracer"]: one for one in document["outline_alternatives"] if one["used"]}
    for tracer in ("sstr", "fdg"):
        assert used[tracer]["volume_ml"] == pytest.approx(document["burden"][f"{tracer}_volume_ml"], rel=1e-4)
        assert used[tracer]["netpet"] == document["grades"]["netpet"]["value"]
        assert used[tracer]["outlined"] == used[tracer]["lesions"]


def test_more_of_the_maximum_is_less_volume(document):
    for tracer in ("sstr", "fdg"):
        volumes = [one["volume_ml"] for one in document["outline_alternatives"]
                   if one["tracer"] == tracer and one["method"] in ("41 % of SUVmax", "45 % of SUVmax", "50 % of SUVmax")]
        assert len(volumes) == 3 and volumes == sorted(volumes, reverse=True)
