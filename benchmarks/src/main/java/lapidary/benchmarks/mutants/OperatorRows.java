package lapidary.benchmarks.mutants;

/**
 * A small network an operator: its name and opset, what goes in (small letters: inputs; capitals: weights), what comes out, and
 * attributes. Types: f float, d double, h half, l int64, i int32, u uint8, s int8, b bool, t text; a row {@code x=f:2,3} is a tensor
 * of shape [2, 3], braces hold the values of a weight. Attributes: {@code i:} a number, {@code I:} numbers, {@code f:} and
 * {@code F:} reals, {@code s:} and {@code S:} texts.
 */
final class OperatorRows {
  static final String TABLE = """
      Abs 13 | x=f:2,3 | y=f
      Acos 7 | x=f:2,3 | y=f
      Acosh 9 | x=f:2,3 | y=f
      Add 14 | x=f:2,3 B=f:3 | y=f
      And 7 | x=b:2,3 z=b:3 | y=b
      ArgMax 13 | x=f:2,3,4 | y=l | axis=i:1 keepdims=i:0 select_last_index=i:0
      ArgMin 13 | x=f:2,3,4 | y=l | axis=i:-1 keepdims=i:1
      Asin 7 | x=f:2,3 | y=f
      Asinh 9 | x=f:2,3 | y=f
      Atan 7 | x=f:2,3 | y=f
      Atanh 9 | x=f:2,3 | y=f
      AveragePool 11 | x=f:1,2,5,6 | y=f | kernel_shape=I:2,3 strides=I:2,1 pads=I:1,1,0,0 ceil_mode=i:1 count_include_pad=i:1
      AveragePool 19 | x=f:1,2,7 | y=f | kernel_shape=I:3 dilations=I:2 auto_pad=s:NOTSET
      BatchNormalization 15 | x=f:2,3,4 S=f:3 B=f:3 M=f:3 V=f:3 | y=f | epsilon=f:0.001 momentum=f:0.9 training_mode=i:0
      BatchNormalization 9 | x=f:2,3,2,2 S=f:3 B=f:3 M=f:3 V=f:3 | y=f | epsilon=f:0.001
      Cast 13 | x=f:2,3 | y=l | to=i:7
      CastLike 15 | x=f:2,3 T=l:1 | y=l
      Ceil 13 | x=f:2,3 | y=f
      Celu 12 | x=f:2,3 | y=f | alpha=f:0.5
      Clip 13 | x=f:2,3 A=f:{-1} B=f:{1} | y=f
      Clip 7 | x=f:2,3 | y=f | min=f:-1 max=f:1
      Concat 13 | x=f:2,3 z=f:2,4 | y=f | axis=i:1
      Constant 13 | | y=f | value_float=f:1.5
      Constant 13 | | y=l | value_ints=I:1,2,3
      ConstantOfShape 9 | D=l:2{2,3} | y=f
      Conv 11 | x=f:1,4,5,6 W=f:6,2,3,2 B=f:6 | y=f | kernel_shape=I:3,2 pads=I:1,0,1,1 strides=I:2,1 dilations=I:1,1 group=i:2
      Conv 11 | x=f:2,3,7 W=f:4,3,3 | y=f | auto_pad=s:SAME_UPPER
      Conv 11 | x=f:1,2,3,4,5 W=f:3,2,1,2,3 | y=f | auto_pad=s:VALID
      ConvInteger 10 | x=u:1,2,5,6 W=u:3,2,3,2 Z=u:{3} Q=u:{2} | y=i | pads=I:1,1,0,0
      ConvTranspose 11 | x=f:1,4,3,2 W=f:4,3,3,2 B=f:6 | y=f | kernel_shape=I:3,2 group=i:2 strides=I:2,2 output_padding=I:1,0 pads=I:1,0,0,1
      ConvTranspose 11 | x=f:1,2,5 W=f:2,3,3 | y=f | output_shape=I:11 strides=I:2
      Cos 7 | x=f:2,3 | y=f
      Cosh 9 | x=f:2,3 | y=f
      CumSum 14 | x=f:2,3 A=l:{1} | y=f | exclusive=i:1 reverse=i:1
      DepthToSpace 13 | x=f:1,8,2,3 | y=f | blocksize=i:2 mode=s:CRD
      DequantizeLinear 13 | x=u:2,3 S=f:3 Z=u:3 | y=f | axis=i:1
      DequantizeLinear 21 | x=u:4,3 S=f:2,3 Z=u:2,3 | y=f | axis=i:0 block_size=i:2
      Div 14 | x=f:2,3 B=f:3 | y=f
      Div 14 | x=l:2,3 B=l:3{1,2,3} | y=l
      Dropout 13 | x=f:2,3 R=f:{0.5} | y=f
      Dropout 10 | x=f:2,3 | y=f m=b | ratio=f:0.5
      DynamicQuantizeLinear 11 | x=f:2,3 | y=u s=f z=u
      Einsum 12 | x=f:2,3 W=f:3,4 | y=f | equation=s:ij,jk->ik
      Einsum 12 | x=f:2,3,3 | y=f | equation=s:bii->b
      Elu 7 | x=f:2,3 | y=f | alpha=f:1.5
      Equal 13 | x=l:2,3 B=l:3 | y=b
      Erf 13 | x=f:2,3 | y=f
      Exp 13 | x=f:2,3 | y=f
      Expand 13 | x=f:3,1 S=l:3{2,3,4} | y=f
      EyeLike 9 | x=f:3,4 | y=f | dtype=i:1 k=i:1
      Flatten 13 | x=f:2,3,4 | y=f | axis=i:2
      Floor 13 | x=f:2,3 | y=f
      GRU 14 | x=f:5,2,3 W=f:1,12,3 R=f:1,12,4 B=f:1,24 | y=f h=f | hidden_size=i:4 linear_before_reset=i:1
      GRU 7 | x=f:5,2,3 W=f:2,12,3 R=f:2,12,4 B=f:2,24 L=i:2{5,4} H=f:2,2,4 | y=f h=f | hidden_size=i:4 direction=s:bidirectional activations=S:Sigmoid,Tanh,Sigmoid,Tanh
      Gather 13 | x=f:4,3 I=l:2,2{0,1,3,-1} | y=f | axis=i:0
      Gather 13 | W=f:4,3 x=l:2,5 | y=f
      GatherElements 13 | x=f:3,2 I=l:2,2{0,1,2,-1} | y=f | axis=i:0
      GatherND 13 | x=f:2,3,4 I=l:2,2{0,1,1,2} | y=f
      GatherND 12 | x=f:2,3,4 I=l:2,1{1,0} | y=f | batch_dims=i:1
      Gelu 20 | x=f:2,3 | y=f | approximate=s:tanh
      Gemm 13 | x=f:2,3 W=f:4,3 B=f:4 | y=f | alpha=f:0.5 beta=f:2 transB=i:1
      Gemm 13 | x=f:3,2 W=f:3,4 B=f:2,1 | y=f | transA=i:1
      GlobalAveragePool 7 | x=f:1,2,3,4 | y=f
      GlobalLpPool 7 | x=f:1,2,3,4 | y=f | p=i:2
      GlobalMaxPool 7 | x=f:1,2,3,4 | y=f
      Greater 13 | x=f:2,3 B=f:3 | y=b
      GreaterOrEqual 16 | x=f:2,3 B=f:3 | y=b
      GroupNormalization 21 | x=f:2,4,3 S=f:4 B=f:4 | y=f | num_groups=i:2 epsilon=f:0.001
      HardSigmoid 7 | x=f:2,3 | y=f | alpha=f:0.2 beta=f:0.4
      HardSwish 14 | x=f:2,3 | y=f
      Hardmax 13 | x=f:2,3 | y=f | axis=i:1
      Identity 16 | x=f:2,3 | y=f
      InstanceNormalization 7 | x=f:2,3,4 S=f:3 B=f:3 | y=f | epsilon=f:0.01
      IsInf 10 | x=f:2,3 | y=b | detect_negative=i:0
      IsNaN 13 | x=f:2,3 | y=b
      LRN 13 | x=f:1,5,2,3 | y=f | size=i:3 alpha=f:0.1 beta=f:0.5 bias=f:2
      LSTM 14 | x=f:5,2,3 W=f:1,16,3 R=f:1,16,4 B=f:1,32 | y=f h=f c=f | hidden_size=i:4
      LSTM 7 | x=f:5,2,3 W=f:2,16,3 R=f:2,16,4 B=f:2,32 L=i:2{5,4} H=f:2,2,4 C=f:2,2,4 P=f:2,12 | y=f h=f c=f | hidden_size=i:4 direction=s:bidirectional
      LayerNormalization 17 | x=f:2,3,4 S=f:4 B=f:4 | y=f | axis=i:-1 epsilon=f:0.001
      LayerNormalization 17 | x=f:2,3,4 S=f:3,4 | y=f m=f d=f | axis=i:1 stash_type=i:1
      LeakyRelu 16 | x=f:2,3 | y=f | alpha=f:0.1
      Less 13 | x=f:2,3 B=f:3 | y=b
      LessOrEqual 16 | x=f:2,3 B=f:3 | y=b
      Log 13 | x=f:2,3 | y=f
      LogSoftmax 13 | x=f:2,3 | y=f | axis=i:1
      LpNormalization 7 | x=f:2,3 | y=f | axis=i:1 p=i:2
      LpPool 18 | x=f:1,2,5,6 | y=f | kernel_shape=I:2,3 p=i:2 strides=I:1,2
      MatMul 13 | x=f:2,3 W=f:3,4 | y=f
      MatMul 13 | x=f:2,1,3,4 W=f:5,4,2 | y=f
      MatMulInteger 10 | x=u:2,3 W=u:3,4 Z=u:{3} Q=u:4 | y=i
      Max 13 | x=f:2,3 B=f:3 | y=f
      MaxPool 12 | x=f:1,2,5,6 | y=f | kernel_shape=I:2,3 strides=I:2,1 pads=I:1,1,0,0 dilations=I:1,1
      MaxPool 12 | x=f:1,2,7 | y=f i=l | kernel_shape=I:3 ceil_mode=i:1 storage_order=i:0
      Mean 13 | x=f:2,3 B=f:3 | y=f
      MeanVarianceNormalization 13 | x=f:2,3,4,2 | y=f | axes=I:0,2,3
      Min 13 | x=f:2,3 B=f:3 | y=f
      Mish 18 | x=f:2,3 | y=f
      Mod 13 | x=l:2,3 B=l:3{2,3,4} | y=l
      Mod 13 | x=f:2,3 B=f:3 | y=f | fmod=i:1
      Mul 14 | x=f:2,3 B=f:3 | y=f
      Neg 13 | x=f:2,3 | y=f
      NonZero 13 | x=f:2,3 | y=l
      Not 7 | x=b:2,3 | y=b
      OneHot 11 | x=l:2,3 D=l:{4} V=f:2 | y=f | axis=i:-1
      Or 7 | x=b:2,3 z=b:3 | y=b
      PRelu 16 | x=f:2,3 A=f:3 | y=f
      Pad 13 | x=f:2,3 P=l:4{1,0,2,1} V=f:{0.5} | y=f | mode=s:constant
      Pad 18 | x=f:4,3 P=l:2{1,2} V=f:{0} A=l:1{0} | y=f | mode=s:reflect
      Pad 7 | x=f:2,3 | y=f | pads=I:1,0,2,1 mode=s:edge value=f:0
      Pow 15 | x=f:2,3 B=f:3 | y=f
      QLinearConv 10 | x=u:1,2,5,6 S=f:{0.1} Z=u:{3} W=u:3,2,3,2 T=f:{0.1} Q=u:{2} U=f:{0.2} V=u:{4} B=i:3 | y=u | pads=I:1,1,0,0
      QLinearMatMul 10 | x=u:2,3 S=f:{0.1} Z=u:{3} W=u:3,4 T=f:{0.1} Q=u:{2} U=f:{0.2} V=u:{4} | y=u
      QuantizeLinear 13 | x=f:2,3 S=f:3 Z=u:3 | y=u | axis=i:1
      QuantizeLinear 21 | x=f:4,3 S=f:2,3 Z=u:2,3 | y=u | axis=i:0 block_size=i:2
      RMSNormalization 23 | x=f:2,3,4 S=f:4 | y=f | axis=i:-1 epsilon=f:0.001
      RNN 14 | x=f:5,2,3 W=f:1,4,3 R=f:1,4,4 B=f:1,8 | y=f h=f | hidden_size=i:4 activations=S:Relu
      Range 11 | A=l:{1} B=l:{9} C=l:{2} | y=l
      Reciprocal 13 | x=f:2,3 | y=f
      ReduceL1 13 | x=f:2,3,4 | y=f | axes=I:1 keepdims=i:0
      ReduceL2 18 | x=f:2,3,4 A=l:2{0,2} | y=f | keepdims=i:1
      ReduceLogSum 13 | x=f:2,3,4 | y=f | axes=I:1,2
      ReduceLogSumExp 18 | x=f:2,3,4 A=l:1{-1} | y=f | noop_with_empty_axes=i:1
      ReduceMax 18 | x=f:2,3,4 A=l:1{1} | y=f | keepdims=i:0
      ReduceMean 13 | x=f:2,3,4 | y=f | axes=I:2 keepdims=i:0
      ReduceMean 18 | x=f:2,3,4 A=l:2{1,2} | y=f | keepdims=i:0
      ReduceMin 13 | x=f:2,3,4 | y=f | axes=I:0
      ReduceMin 18 | x=i:2,3,4 A=l:1{0} | y=i
      ReduceProd 13 | x=f:2,3,4 | y=f | axes=I:1
      ReduceSum 13 | x=f:2,3,4 A=l:2{0,1} | y=f | noop_with_empty_axes=i:0
      ReduceSumSquare 13 | x=f:2,3,4 | y=f
      Relu 14 | x=f:2,3 | y=f
      Reshape 14 | x=f:2,3,4 S=l:2{0,-1} | y=f | allowzero=i:0
      Resize 13 | x=f:1,2,3,4 _ S=f:4{1,1,2,1.5} | y=f | mode=s:linear coordinate_transformation_mode=s:half_pixel
      Resize 18 | x=f:1,2,3,4 _ _ Z=l:4{1,2,5,7} | y=f | mode=s:nearest nearest_mode=s:floor
      Resize 18 | x=f:1,2,3,4 _ S=f:2{2,2} | y=f | mode=s:cubic axes=I:2,3 antialias=i:1 cubic_coeff_a=f:-0.5
      Resize 11 | x=f:1,2,3,4 R=f:8{0,0,0,0,1,1,1,1} S=f:4{1,1,2,2} | y=f | mode=s:nearest
      ReverseSequence 10 | x=f:4,2,3 L=l:2{4,2} | y=f | time_axis=i:0 batch_axis=i:1
      Round 11 | x=f:2,3 | y=f
      ScatterElements 16 | x=f:3,3 I=l:2,3{0,1,2,2,0,-1} U=f:2,3 | y=f | axis=i:0 reduction=s:add
      ScatterND 16 | x=f:4,3 I=l:2,1{1,3} U=f:2,3 | y=f | reduction=s:none
      Selu 7 | x=f:2,3 | y=f
      Shape 15 | x=f:2,3 | y=l | start=i:-1
      Shrink 9 | x=f:2,3 | y=f | bias=f:0.5 lambd=f:1
      Sigmoid 13 | x=f:2,3 | y=f
      Sign 13 | x=f:2,3 | y=f
      Sin 7 | x=f:2,3 | y=f
      Sinh 9 | x=f:2,3 | y=f
      Size 13 | x=f:2,3 | y=l
      Slice 13 | x=f:4,5 S=l:2{0,3} E=l:2{3,-6} A=l:2{0,1} T=l:2{1,-1} | y=f
      Slice 7 | x=f:4,5 | y=f | starts=I:1,0 ends=I:3,2 axes=I:0,1
      Softmax 13 | x=f:2,3 | y=f | axis=i:1
      Softmax 11 | x=f:2,3,4 | y=f | axis=i:1
      Softplus 7 | x=f:2,3 | y=f
      Softsign 7 | x=f:2,3 | y=f
      SpaceToDepth 13 | x=f:1,2,4,6 | y=f | blocksize=i:2
      Split 13 | x=f:2,6 S=l:2{2,4} | y=f z=f | axis=i:1
      Split 18 | x=f:2,6 | y=f z=f | axis=i:1 num_outputs=i:2
      Split 7 | x=f:2,6 | y=f z=f | axis=i:1 split=I:1,5
      Sqrt 13 | x=f:2,3 | y=f
      Squeeze 13 | x=f:2,1,3 A=l:1{1} | y=f
      Sub 14 | x=f:2,3 B=f:3 | y=f
      Sum 13 | x=f:2,3 B=f:3 | y=f
      Swish 24 | x=f:2,3 | y=f | alpha=f:1.5
      Tan 7 | x=f:2,3 | y=f
      Tanh 13 | x=f:2,3 | y=f
      ThresholdedRelu 10 | x=f:2,3 | y=f | alpha=f:0.5
      Tile 13 | x=f:2,3 R=l:2{2,3} | y=f
      TopK 11 | x=f:2,5 K=l:1{3} | y=f i=l | axis=i:1 largest=i:0 sorted=i:1
      Transpose 13 | x=f:2,3,4 | y=f | perm=I:2,0,1
      Trilu 14 | x=f:3,4 K=l:{1} | y=f | upper=i:0
      Unsqueeze 13 | x=f:2,3 A=l:2{0,-1} | y=f
      Upsample 9 | x=f:1,2,3,4 S=f:4{1,1,2,2} | y=f | mode=s:nearest
      Where 16 | x=b:2,3 A=f:3 B=f:2,1 | y=f
      Xor 7 | x=b:2,3 z=b:3 | y=b
      ai.onnx.ml.LabelEncoder 3 | x=l:2,3 | y=l | keys_int64s=I:3,5,7 values_int64s=I:1,2,3 default_int64=i:0
      ai.onnx.ml.LabelEncoder 3 | x=t:2,3 | y=f | keys_strings=S:a,b values_floats=F:1,2 default_float=f:-1
      ai.onnx.ml.ArrayFeatureExtractor 3 | x=f:2,4 I=l:2{1,3} | y=f
      ai.onnx.ml.Imputer 3 | x=f:2,3 | y=f | imputed_value_floats=F:1,2,3 replaced_value_float=f:0
      ai.onnx.ml.LinearRegressor 3 | x=f:2,3 | y=f | coefficients=F:1,2,3 intercepts=F:1 targets=i:1
      ai.onnx.ml.Normalizer 3 | x=f:2,3 | y=f | norm=s:L2
      ai.onnx.ml.OneHotEncoder 3 | x=l:2,3 | y=f | cats_int64s=I:0,1,2 zeros=i:1
      ai.onnx.ml.Scaler 3 | x=f:2,3 | y=f | offset=F:1,2,3 scale=F:1,1,2
      """;

  private OperatorRows() {}
}
