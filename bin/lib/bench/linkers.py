"""The two linkers we are compared with, each as its manual shows it; run by the Python into which they are installed.

`linkers.py splink|recordlinkage febrl|returnees FIRST.csv [SECOND.csv]` prints the pairs, two ids with a tab between,
and on standard error the seconds of CPU that the linking took without the loading of libraries.
"""

import itertools
import logging
import sys
import time

import pandas

FEBRL = "given_name surname street_number address_1 address_2 suburb postcode state date_of_birth soc_sec_id".split()
TEXTS = ["given", "family", "given_ar", "family_ar", "father", "birth_place", "governorate"]
NUMBERS = ["phone", "email", "cin", "passport"]


def table(path, kind):
    data = pandas.read_csv(path, dtype=str, skipinitialspace=True)
    if kind == "returnees":
        for name in TEXTS:
            data[name] = data[name].str.lower()
        data["phone"] = data["phone"].str[-8:]
        # Both ways of writing a date become one; a year alone stays what it is.
        data["birth"] = data["birth"].str.replace(r"^(\d\d)/(\d\d)/(\d{4})$", r"\3-\2-\1", regex=True)
    return data


def splink(kind, tables):
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    if kind == "febrl":
        comparisons = [
            cl.NameComparison("given_name"), cl.NameComparison("surname"),
            cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
            cl.JaroWinklerAtThresholds("address_1", [0.9, 0.8]), cl.JaroWinklerAtThresholds("suburb", [0.9, 0.8]),
        ]
        rules = [["soc_sec_id"], ["date_of_birth"], ["given_name", "surname"], ["surname", "postcode"],
                 ["given_name", "postcode"], ["address_1"], ["suburb", "street_number"], ["surname", "suburb"],
                 ["given_name", "suburb"]]
        sure = [["soc_sec_id"], ["given_name", "surname", "date_of_birth"]]
        training = [["date_of_birth"], ["soc_sec_id"], ["given_name", "surname"]]
    else:
        comparisons = [
            *(cl.JaroWinklerAtThresholds(name, [0.92, 0.85, 0.7]).configure(term_frequency_adjustments=True)
              for name in ("given", "family", "given_ar", "family_ar", "father")),
            cl.DateOfBirthComparison("birth", input_is_string=True),
            *(cl.JaroWinklerAtThresholds(name, [0.9]).configure(term_frequency_adjustments=True)
              for name in ("birth_place", "governorate")),
            *(cl.DamerauLevenshteinAtThresholds(name, [1, 2]) for name in NUMBERS),
        ]
        rules = [["cin"], ["passport"], ["phone"], ["email"], ["given", "family"], ["given_ar", "family_ar"],
                 ["birth", "given"], ["birth", "family"], ["birth", "given_ar"], ["birth", "father"],
                 ["birth", "birth_place"], ["given", "father"], ["family", "father", "birth_place"]]
        sure = [["cin"], ["passport"], ["email", "given"]]
        training = [["cin"], ["email"], ["given", "family"], ["birth"]]
    database = DuckDBAPI()
    settings = SettingsCreator(
        unique_id_column_name="rec_id", link_type="dedupe_only" if len(tables) == 1 else "link_only",
        comparisons=comparisons, blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules])
    data = [database.register(table) for table in tables]
    linker = Linker(data if len(data) > 1 else data[0], settings)
    linker.training.estimate_probability_two_random_records_match([block_on(*rule) for rule in sure], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    return zip(found["rec_id_l"], found["rec_id_r"])


def recordlinkage(kind, tables):
    import recordlinkage as library

    tables = [table.set_index("rec_id") for table in tables]
    index = library.Index()
    if kind == "febrl":
        for name in ["given_name", "surname", "date_of_birth", "soc_sec_id", "address_1"]:
            index.block(name)
        exact, near = ["street_number", "state"], [name for name in FEBRL if name not in ("street_number", "state")]
    else:
        for name in [*NUMBERS, "birth"]:
            index.block(name)
        for name in [["given", "family"], ["given_ar", "family_ar"], ["given", "father"]]:
            index.block(name)
        exact, near = [], [*TEXTS, "birth", *NUMBERS]
    pairs = index.index(*tables)
    compare = library.Compare()
    for name in exact:
        compare.exact(name, name, label=name)
    for name in near:
        compare.string(name, name, method="jarowinkler", threshold=0.85, label=name)
    features = compare.compute(pairs, *tables)
    return library.ECMClassifier(binarize=0.5).fit_predict(features)


def main():
    logging.disable(logging.CRITICAL)
    program, kind, *paths = sys.argv[1:]
    __import__(program)
    start = time.process_time()
    tables = [table(path, kind) for path in paths]
    found = list({"splink": splink, "recordlinkage": recordlinkage}[program](kind, tables))
    print(time.process_time() - start, file=sys.stderr)
    sys.stdout.writelines(f"{first}\t{second}\n" for first, second in found)


if __name__ == "__main__":
    main()
