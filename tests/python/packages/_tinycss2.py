# package: tinycss2
import tinycss2
print(tinycss2.serialize(tinycss2.parse_stylesheet("a > b:hover { color: #f00; margin: 1px 2.5em !important } @media x { }")), tinycss2.parse_one_component_value("rgba(1, 2%)"))
